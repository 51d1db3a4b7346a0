package io.github.cdkmaven.crc;

import io.github.cdkmaven.openshift.ApiAnswer;
import io.github.cdkmaven.openshift.ClusterOperators;
import io.github.cdkmaven.openshift.OpenShiftApi;
import io.github.cdkmaven.openshift.Permission;
import io.github.cdkmaven.openshift.kubeconfig.ClusterAccess;
import io.github.cdkmaven.openshift.kubeconfig.ClusterServer;
import io.github.cdkmaven.openshift.kubeconfig.Kubeconfig;
import io.github.cdkmaven.problem.ForeignText;
import io.github.cdkmaven.problem.Problem;
import io.github.cdkmaven.problem.ProblemException;
import io.github.cdkmaven.process.CommandRunner;
import io.github.cdkmaven.process.Deadline;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The OpenShift in crc's VM, by the certificate that crc keeps of its administrator: it needs neither a password nor the operator of logins. */
final class LocalOpenShift {

    private static final Logger LOG = LoggerFactory.getLogger(LocalOpenShift.class);
    private static final String CONSOLE = "/apis/config.openshift.io/v1/consoles/cluster";
    private static final Duration TURN = Duration.ofSeconds(3);
    private static final Duration LOOK = Duration.ofSeconds(10);

    private final CrcFiles files;
    private final CommandRunner runner;
    private final Map<String, String> environment;
    private final Supplier<Optional<String>> ip;

    /**
     * An OpenShift that nobody has asked yet.
     *
     * @param ip tells the VM's address
     */
    LocalOpenShift(
            CrcFiles files, CommandRunner runner, Map<String, String> environment, Supplier<Optional<String>> ip) {
        this.files = files;
        this.runner = runner;
        this.environment = environment;
        this.ip = ip;
    }

    /** Whether its API is ready. */
    boolean answers() {
        try {
            return Files.isReadable(files.kubeconfig())
                    && new OpenShiftApi(access()).get("/readyz", LOOK).isSuccess();
        } catch (ProblemException | IOException e) {
            LOG.debug("The API does not answer", e);
            return false;
        }
    }

    /** The web console's address; empty where the cluster does not tell it. */
    Optional<String> console() {
        try {
            ApiAnswer answer = new OpenShiftApi(access()).get(CONSOLE, LOOK);
            return Optional.of(ForeignText.line(
                            answer.body().path("status").path("consoleURL").asText("")))
                    .filter(url -> answer.isSuccess() && url.startsWith("https://"));
        } catch (ProblemException | IOException e) {
            LOG.debug("The cluster does not report the address of its console", e);
            return Optional.empty();
        }
    }

    /**
     * The API, once all cluster operators have settled: crc calls a start successful also when it gave up to wait for them.
     *
     * @throws ProblemException if they do not settle in time, or if the administrator may not do all that is needed
     */
    OpenShiftApi login(List<Permission> permissions, Deadline deadline) {
        OpenShiftApi api = new OpenShiftApi(access());
        api.access()
                .cluster()
                .serverName()
                .ifPresent(name -> LOG.warn(
                        "This machine cannot resolve {}; the API is reached at {}. Routes cannot be reached: 'crc setup' gives crc's helper the"
                                + " permission to write them into the hosts file",
                        name,
                        api.access().server()));
        ClusterOperators.await(api, deadline, TURN, "'crc status'");
        List<Permission> missing = Permission.missing(api.within(deadline), permissions);
        if (missing.isEmpty()) {
            return api;
        }
        throw Problem.of(
                        "The administrator of crc's cluster lacks some of the rights that are needed.",
                        "check whether " + files.kubeconfig() + " is crc's own; " + CrcEngine.goal("delete")
                                + ", then start again")
                .with(missing.stream().map(right -> "missing: " + right).toList())
                .toException();
    }

    /**
     * Where it is, and the administrator's certificate.
     *
     * @throws ProblemException if no start has finished yet
     */
    ClusterAccess access() {
        if (!Files.isReadable(files.kubeconfig())) {
            throw Problem.of(
                            "crc has no kubeconfig for the cluster: its first start was not completed.",
                            "run 'crc stop -f', and start again: the start completes it")
                    .with("not there: " + files.kubeconfig())
                    .toException();
        }
        ClusterAccess access = Kubeconfig.read(files.kubeconfig().toString(), Optional.empty(), runner, environment);
        return isKnown(access.cluster().host())
                ? access
                : ip.get().map(address -> at(address, access)).orElse(access);
    }

    private static boolean isKnown(String host) {
        try {
            InetAddress.getByName(host);
            return true;
        } catch (UnknownHostException e) {
            return false;
        }
    }

    /** The same API by the VM's address: where crc's helper may not write the hosts file, its name is known to nobody. */
    private static ClusterAccess at(String ip, ClusterAccess access) {
        ClusterServer server = access.cluster();
        URI address = URI.create("https://" + ip + ":" + server.address().getPort());
        return new ClusterAccess(
                new ClusterServer(
                        address, server.trust(), server.skipTlsVerify(), Optional.of(server.host()), server.proxy()),
                access.credential(),
                access.impersonation(),
                access.context());
    }
}
