package io.github.cdkmaven.openshift;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.cdkmaven.openshift.Fields.UnexpectedFieldException;
import io.github.cdkmaven.problem.ForeignText;
import io.github.cdkmaven.problem.Problem;
import io.github.cdkmaven.problem.ProblemException;
import io.github.cdkmaven.process.Heartbeat;
import io.github.cdkmaven.process.Retry.Pause;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads a list of the API whole: page by page and item by item. An answer that is not such a list is a problem and never an empty list.
 *
 * @param path the list's address
 * @param kind the kind of its items, such as {@code Pod}
 * @param what the list in words, such as "The pods of the cluster"
 * @param refused what helps a user whom the cluster does not let read it
 */
record Listing(String path, String kind, String what, String refused) {

    private static final Logger LOG = LoggerFactory.getLogger(Listing.class);

    /** For one page. */
    private static final Duration LIMIT = Duration.ofMinutes(2);

    private static final Duration BEAT = Duration.ofSeconds(10);

    /** As {@code oc get} asks; servers before OpenShift 3.9 do not know pages, and send all. */
    private static final int PAGE = 500;

    private static final int MOST_PAGES = 1_000;
    private static final int LONGEST_TOKEN = 4_096;
    private static final int SHOWN = 200;
    private static final String LOOK =
            "check whether OpenShift answers there, or a proxy or a portal in between, and whether the cluster is healthy ('mvn cdk:status')";

    /**
     * Reads all items.
     *
     * @param reader makes something of each item; it throws {@link UnexpectedFieldException} for one that is not of its kind
     * @throws ProblemException if the cluster does not tell, or tells something else
     */
    <T> List<T> read(OpenShiftApi api, Pause pause, Function<JsonNode, T> reader) {
        try {
            return whole(api, pause, reader);
        } catch (RefusedException e) {
            throw e.problem.toException();
        }
    }

    /** The same; empty where the cluster does not let the user read it. */
    <T> Optional<List<T>> readIfPermitted(OpenShiftApi api, Pause pause, Function<JsonNode, T> reader) {
        try {
            return Optional.of(whole(api, pause, reader));
        } catch (RefusedException e) {
            LOG.debug("{} may not be read", path, e);
            return Optional.empty();
        }
    }

    /** The cluster does not let the user read this list. */
    private static final class RefusedException extends RuntimeException {

        private static final long serialVersionUID = 1L;

        private final transient Problem problem;

        RefusedException(Problem problem) {
            super(problem.toSentence());
            this.problem = problem;
        }
    }

    private <T> List<T> whole(OpenShiftApi api, Pause pause, Function<JsonNode, T> reader) {
        return Heartbeat.during(
                what.substring(0, 1).toLowerCase(Locale.ROOT) + what.substring(1),
                api.within(LIMIT),
                BEAT,
                LOG::info,
                () -> pages(api, pause, reader));
    }

    private <T> List<T> pages(OpenShiftApi api, Pause pause, Function<JsonNode, T> reader) {
        Map<String, T> all = new LinkedHashMap<>();
        Set<String> tokens = new HashSet<>();
        Optional<String> next = Optional.of("");
        while (next.isPresent()) {
            String token = next.get();
            if (token.length() > LONGEST_TOKEN || !tokens.add(token) || tokens.size() > MOST_PAGES) {
                throw unusable(api, "it does not end: after page " + tokens.size() + " there are still more")
                        .toException();
            }
            next = page(api, pause, token, all, reader);
        }
        return List.copyOf(all.values());
    }

    /** Adds one page to the others, and tells where the next one begins. */
    private <T> Optional<String> page(
            OpenShiftApi api, Pause pause, String token, Map<String, T> all, Function<JsonNode, T> reader) {
        String page = path + "?limit=" + PAGE
                + (token.isEmpty() ? "" : "&continue=" + URLEncoder.encode(token, StandardCharsets.UTF_8));
        Map<String, T> items = new LinkedHashMap<>();
        try {
            ApiAnswer answer = api.ask(pause, () -> {
                // What an attempt brought that broke off is not to be there twice.
                items.clear();
                return api.page(page, LIMIT, item -> {
                    String name = item.path("metadata").path("namespace").asText() + "/"
                            + item.path("metadata").path("name").asText();
                    if (items.containsKey(name) || all.containsKey(name)) {
                        throw new UnexpectedFieldException("it has " + ForeignText.line(name, SHOWN) + " twice");
                    }
                    items.put(name, reader.apply(item));
                });
            });
            check(api, answer);
            all.putAll(items);
            return Fields.optionalText(Fields.object(answer.body(), "metadata"), "continue");
        } catch (UnexpectedFieldException e) {
            throw unusable(api, String.valueOf(e.getMessage())).toException(e);
        } catch (IOException e) {
            throw Unreachable.problem(api.access(), e).toException(e);
        }
    }

    private void check(OpenShiftApi api, ApiAnswer answer) {
        if (answer.status() != 200) {
            Problem problem = Problem.of(
                            what + " could not be read from " + api.access().server() + ".", advice(answer.status()))
                    .with(answer.message());
            throw answer.status() == 403 ? new RefusedException(problem) : problem.toException();
        }
        if (answer.body().isMissingNode()) {
            throw unusable(api, answer.text().isEmpty() ? "it is empty" : "it is not JSON: " + answer.text())
                    .toException();
        }
        String told = answer.body().path("kind").asText("");
        if (!told.equals(kind + "List") && !told.equals("List")) {
            throw unusable(
                            api,
                            told.isEmpty()
                                    ? "it has no kind"
                                    : "it is of kind " + ForeignText.line(told) + ": " + answer.message())
                    .toException();
        }
        if (!answer.body().path("items").isArray()) {
            throw unusable(api, "it has no list of items").toException();
        }
    }

    private Problem unusable(OpenShiftApi api, String why) {
        return Problem.of(
                        what + " could not be read: " + api.access().server()
                                + " answered with something that is not a " + kind + "List.",
                        LOOK)
                .with("GET " + path + ": " + why);
    }

    private String advice(int status) {
        return switch (status) {
            case 401 -> Unreachable.LOG_IN;
            case 403 -> refused;
            default -> LOOK;
        };
    }
}
