package io.github.cdkmaven.streams;

import io.github.cdkmaven.openshift.ApiAnswer;
import io.github.cdkmaven.report.Reason;
import java.io.InterruptedIOException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The registries that the cluster lets nobody import from, so that it is asked once and not for each of their tags: OpenShift 3.7 to 3.9 checks a
 * whitelist and refuses any request in which one image is not on it (origin {@code whitelister.go}). OpenShift 4 shows its list beforehand.
 */
final class Refusals {

    private static final Pattern NOT_ALLOWED = Pattern.compile("registry \"([^\"]+)\" not allowed by whitelist"
            + "(?:: (?:\"[^\"]{0,300}\",? ?){0,20}(?:and \\d+ more \\.\\.\\.)?)?");

    /** Three images take a server a twentieth of this; whoever takes longer has let the request in. */
    private static final long PATIENCE_MILLIS = 1000;

    private final boolean oneAhead;
    private final Map<String, ImportVerdict> refused = new ConcurrentHashMap<>();
    private final Map<String, CountDownLatch> firsts = new ConcurrentHashMap<>();

    /**
     * Nothing was refused yet.
     *
     * @param oneAhead whether the first request for a registry goes alone, since its answer may stand for all of them
     */
    Refusals(boolean oneAhead) {
        this.oneAhead = oneAhead;
    }

    /** What the cluster said of a tag's registry. */
    Optional<ImportVerdict> of(TagPlan tag) {
        return Optional.ofNullable(refused.get(tag.targetHost()));
    }

    /** Waits until a first request for these tags' registries is answered, if another thread makes it. */
    void awaitFirst(Collection<TagPlan> tags) throws InterruptedIOException {
        if (!oneAhead) {
            return;
        }
        for (String host : hosts(tags)) {
            CountDownLatch first = firsts.putIfAbsent(host, new CountDownLatch(1));
            if (first != null) {
                await(first);
            }
        }
    }

    private static void await(CountDownLatch first) throws InterruptedIOException {
        try {
            if (!first.await(PATIENCE_MILLIS, TimeUnit.MILLISECONDS)) {
                first.countDown();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw (InterruptedIOException) new InterruptedIOException("interrupted").initCause(e);
        }
    }

    /** Ends the wait of the other threads. */
    void answered(Collection<TagPlan> tags) {
        if (oneAhead) {
            hosts(tags).forEach(host -> firsts.get(host).countDown());
        }
    }

    private static List<String> hosts(Collection<TagPlan> tags) {
        return tags.stream().map(TagPlan::targetHost).distinct().sorted().toList();
    }

    /** Takes down which of the tags' registries an answer refuses. */
    void note(Collection<TagPlan> tags, ApiAnswer answer) {
        if (answer.isSuccess()) {
            return;
        }
        Matcher words = NOT_ALLOWED.matcher(answer.message());
        while (words.find()) {
            for (String host : hosts(tags)) {
                if (words.group(1).equals(host) || words.group(1).startsWith(host + ":")) {
                    refused.put(
                            host,
                            ImportVerdict.failed(Reason.FORBIDDEN, words.group().strip()));
                }
            }
        }
    }

    /** Whether a tag failed because the whitelist lacks its registry. */
    static boolean isWhitelist(String message) {
        return NOT_ALLOWED.matcher(message).find();
    }
}
