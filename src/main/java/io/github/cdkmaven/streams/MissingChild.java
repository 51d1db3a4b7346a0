package io.github.cdkmaven.streams;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An image that a list names and the registry lacks. {@code importMode: PreserveOriginal} (OpenShift 4) wants every image of a list, and calls the
 * first one not found that is not there, by its digest (measured on 4.19).
 */
final class MissingChild {

    static final String FIX = "Mirror the whole list with all of its images: `skopeo copy --all`, or `oc image mirror"
            + " --keep-manifest-list=true`; or let the tag have importPolicy.importMode Legacy, which takes this platform's image alone.";

    private static final String WORDS =
            " (an image of the manifest list, which importMode PreserveOriginal needs completely)";
    private static final Pattern NOT_FOUND = Pattern.compile("\"[^\"]{1,400}@(sha256:[0-9a-f]{64})\" not found");

    private MissingChild() {}

    /** The message of a failed import, explained where what is missing is not the tag's own image but one of its list. */
    static String explain(String message, TagPlan tag) {
        Matcher missing = NOT_FOUND.matcher(message);
        boolean preserves = tag.importPolicy().path("importMode").asText().equals("PreserveOriginal");
        return preserves && missing.find() && !tag.to().endsWith(missing.group(1)) ? message + WORDS : message;
    }

    /** Whether a message is explained like this. */
    static boolean isIn(String message) {
        return message.endsWith(WORDS);
    }
}
