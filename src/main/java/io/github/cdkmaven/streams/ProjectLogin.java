package io.github.cdkmaven.streams;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.cdkmaven.json.JsonTree;
import io.github.cdkmaven.openshift.ApiAnswer;
import io.github.cdkmaven.openshift.OpenShiftApi;
import io.github.cdkmaven.openshift.Unreachable;
import io.github.cdkmaven.problem.Problem;
import io.github.cdkmaven.process.Deadline;
import io.github.cdkmaven.process.Retry;
import io.github.cdkmaven.registry.Registries;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The registries' login where pods and builds of the user's first project find it: pods pull with the {@code imagePullSecrets} of the service
 * account {@code default}, builds with the {@code secrets} of {@code builder}, whose own pods pull with its {@code imagePullSecrets}.
 */
public final class ProjectLogin {

    /** The project that every CDK and minishift makes for its developer. */
    private static final String PROJECT = "myproject";

    /** The lists of a service account that name the secret. */
    private static final Map<String, List<String>> LINKS =
            Map.of("default", List.of("imagePullSecrets"), "builder", List.of("secrets", "imagePullSecrets"));

    private static final Logger LOG = LoggerFactory.getLogger(ProjectLogin.class);
    private static final Duration LIMIT = Duration.ofSeconds(30);

    /** A controller makes the accounts of a new project. */
    private static final int ATTEMPTS = 12;

    private final OpenShiftApi api;

    public ProjectLogin(OpenShiftApi api) {
        this.api = api;
    }

    /**
     * Stores the login and links it, where a registry wants one and the project is there.
     *
     * @throws io.github.cdkmaven.problem.ProblemException if the cluster refuses
     */
    public void store(Registries registries, Deadline deadline) {
        Optional<RegistrySecret> secret = RegistrySecret.of(registries);
        if (secret.isEmpty()) {
            return;
        }
        try {
            if (ask("/api/v1/namespaces/" + PROJECT, deadline).status() == 404) {
                LOG.info("There is no project {}, so the registry's credentials are not stored for pods", PROJECT);
                return;
            }
            boolean changed = secret.get().store(api, PROJECT);
            for (Map.Entry<String, List<String>> account : LINKS.entrySet()) {
                changed |= link(account.getKey(), account.getValue(), deadline);
            }
            if (changed) {
                LOG.info("Pods and builds of project {} pull with the registry's credentials", PROJECT);
            }
        } catch (IOException e) {
            throw Unreachable.problem(api.access(), e).toException(e);
        }
    }

    private boolean link(String account, List<String> lists, Deadline deadline) throws IOException {
        String path = "/api/v1/namespaces/" + PROJECT + "/serviceaccounts/" + account;
        ApiAnswer current =
                new Retry<>(ATTEMPTS, new NotYetThere(), Retry.Pause.real()).ask(deadline, () -> api.get(path, LIMIT));
        ObjectNode patch = JsonTree.object();
        for (String list : lists) {
            if (current.isSuccess() && !names(current.body().path(list))) {
                patch.putArray(list).addObject().put("name", RegistrySecret.NAME);
            }
        }
        if (current.isSuccess() && patch.isEmpty()) {
            return false;
        }
        ApiAnswer answer = current.isSuccess() ? api.patch(path, patch, LIMIT) : current;
        if (!answer.isSuccess()) {
            throw Problem.of(
                            "The registry's credentials could not be given to service account '" + account
                                    + "' of project " + PROJECT + ".",
                            "check it with 'oc get serviceaccount " + account + " -n " + PROJECT
                                    + " -o yaml', and start again")
                    .with(answer.message())
                    .toException();
        }
        return true;
    }

    private static boolean names(JsonNode list) {
        for (JsonNode secret : list) {
            if (secret.path("name").asText().equals(RegistrySecret.NAME)) {
                return true;
            }
        }
        return false;
    }

    private ApiAnswer ask(String path, Deadline deadline) throws IOException {
        return new Retry<>(ATTEMPTS, new NotYetAnswering(), Retry.Pause.real())
                .ask(deadline, () -> api.get(path, LIMIT));
    }

    private static class NotYetAnswering implements Retry.Passing<ApiAnswer> {

        @Override
        public boolean isPassing(ApiAnswer answer) {
            return answer.isTransient();
        }

        @Override
        public boolean isPassing(IOException failure) {
            return false;
        }

        @Override
        public Optional<Duration> retryAfter(ApiAnswer answer) {
            return answer.retryAfter();
        }
    }

    private static final class NotYetThere extends NotYetAnswering {

        @Override
        public boolean isPassing(ApiAnswer answer) {
            return answer.status() == 404 || super.isPassing(answer);
        }
    }
}
