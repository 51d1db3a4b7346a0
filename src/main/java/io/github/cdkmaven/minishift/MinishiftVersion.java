package io.github.cdkmaven.minishift;

import io.github.cdkmaven.engine.Version;
import io.github.cdkmaven.problem.Problem;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which program answers to {@code minishift}: its own version, and the CDK's where it is one.
 *
 * @param minishift the version of minishift inside
 * @param minishiftText that version as printed, without the build's hash
 * @param cdk the version of the CDK, absent for upstream minishift
 * @param cdkText that version as printed: {@code 3.10.0-1}
 */
public record MinishiftVersion(
        Version minishift, String minishiftText, Optional<Version> cdk, Optional<String> cdkText) {

    private static final Pattern MINISHIFT =
            Pattern.compile("(?im)^minishift(?: version:)? v?(\\d[\\w.-]*)(?:\\+\\S*)?\\s*$");
    private static final Pattern CDK = Pattern.compile("(?im)^CDK(?: version:)? v?(\\d\\S*)\\s*$");

    /**
     * Reads what {@code minishift version} prints: one line, with a second one for the CDK.
     *
     * @throws io.github.cdkmaven.problem.ProblemException if neither line is there
     */
    public static MinishiftVersion parse(String output) {
        return parse(output, output);
    }

    /**
     * The same.
     *
     * @param shown what people may see of the output
     */
    static MinishiftVersion parse(String output, String shown) {
        Matcher minishift = MINISHIFT.matcher(output);
        Optional<Version> version = minishift.find() ? Version.parse(minishift.group(1)) : Optional.empty();
        Matcher cdk = CDK.matcher(output);
        Optional<String> cdkText = cdk.find() ? Optional.of(cdk.group(1)) : Optional.empty();
        return version.map(found ->
                        new MinishiftVersion(found, minishift.group(1), cdkText.flatMap(Version::parse), cdkText))
                .orElseThrow(() -> Problem.of(
                                "'minishift version' did not print a version.",
                                "<minishift>/path/to/minishift</minishift> or -Dcdk.minishift=… with the executable of the CDK"
                                        + " (cdk-3.x-minishift-…) or of minishift")
                        .with("it printed: " + shown.strip())
                        .toException());
    }

    /** Whether this is Red Hat's product and not upstream minishift. */
    public boolean isCdk() {
        return cdkText.isPresent();
    }

    @Override
    public String toString() {
        return cdkText.map(text -> "CDK " + text + " (minishift " + minishiftText + ")")
                .orElse("minishift " + minishiftText);
    }
}
