package io.github.cdkmaven.minishift;

import io.github.cdkmaven.problem.Problem;
import io.github.cdkmaven.process.SecretPlaces;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The user's own arguments of {@code minishift start}, apart from the extra flags for {@code oc cluster up}, which have to be joined with
 * ours: minishift takes that flag once, and the last one silently replaces those before it.
 *
 * @param plain everything else, in its order
 * @param clusterUp what the user wants of {@code oc cluster up}
 */
public record UserArguments(List<String> plain, List<String> clusterUp) {

    private static final String EXTRA = "--extra-clusterup-flags";

    /** Flags that would undo what the plugin plans by, and what to use instead. */
    private static final Map<String, String> REFUSED = Map.of(
            "--image", "remove it: the image names follow from <registry> and <mappings> (-Dcdk.mappings=…)",
            "--openshift-version",
                    "<openshiftVersion> or -Dcdk.openshiftVersion=…, which also determines the image names",
            "--ocp-tag", "<openshiftVersion> or -Dcdk.openshiftVersion=…, which also determines the image names",
            "--profile", "<profile> or -Dcdk.profile=…",
            "--username",
                    "<registrationServerId> or -Dcdk.registrationServerId=…, which keeps it out of the process list",
            "--password",
                    "<registrationServerId> or -Dcdk.registrationServerId=…, which keeps it out of the process list",
            "--http-proxy", "<httpProxy> or -Dcdk.httpProxy=…, which keeps its password out of the process list",
            "--https-proxy", "<httpsProxy> or -Dcdk.httpsProxy=…, which keeps its password out of the process list",
            "--no-proxy",
                    "<noProxy> or -Dcdk.noProxy=…, to which the plugin adds the registry and the service network");

    /** What of these {@code oc cluster up} takes as well. */
    private static final Set<String> REFUSED_IN_CLUSTER_UP =
            Set.of("--image", "--http-proxy", "--https-proxy", "--no-proxy");

    public UserArguments {
        plain = List.copyOf(plain);
        clusterUp = List.copyOf(clusterUp);
    }

    /** The arguments as they are, once it is known that none of them would undo what the plugin plans by. */
    public static List<String> checked(List<String> arguments) {
        of(arguments);
        return arguments;
    }

    /**
     * Sorts the arguments.
     *
     * @throws io.github.cdkmaven.problem.ProblemException if one of them would undo what the plugin plans by
     */
    static UserArguments of(List<String> arguments) {
        List<String> plain = new ArrayList<>();
        List<String> clusterUp = new ArrayList<>();
        arguments.forEach(UserArguments::refuseLogin);
        for (int i = 0; i < arguments.size(); i++) {
            String argument = arguments.get(i);
            if (argument.equals(EXTRA)) {
                i++;
                if (i < arguments.size()) {
                    clusterUp.addAll(words(arguments.get(i)));
                }
            } else if (argument.startsWith(EXTRA + "=")) {
                clusterUp.addAll(words(argument.substring(EXTRA.length() + 1)));
            } else {
                refuse(argument);
                plain.add(argument);
            }
        }
        clusterUp.stream()
                .filter(flag -> REFUSED_IN_CLUSTER_UP.contains(name(flag)))
                .findFirst()
                .ifPresent(UserArguments::refuse);
        return new UserArguments(plain, clusterUp);
    }

    /** As minishift splits them: at white space, whatever quotes there are. */
    private static List<String> words(String value) {
        return value.isBlank() ? List.of() : List.of(value.strip().split("\\s+"));
    }

    private static String name(String argument) {
        int sign = argument.indexOf('=');
        return sign < 0 ? argument : argument.substring(0, sign);
    }

    private static void refuse(String argument) {
        String name = name(argument);
        if (REFUSED.containsKey(name)) {
            throw Problem.of(
                            "Parameter 'startArguments' holds '" + name + "', which the plugin sets itself.",
                            REFUSED.get(name))
                    .toException();
        }
    }

    /** Variables and addresses may hold a login, whatever flag they are the value of. */
    private static void refuseLogin(String argument) {
        if (SecretPlaces.holdLogin(argument)) {
            String name = argument.startsWith("-") ? "'" + name(argument) + "' with a value" : "an argument";
            throw Problem.of(
                            "Parameter 'startArguments' holds " + name
                                    + " that contains a user name and a password, which everybody could read in the process list.",
                            "remove it from <startArguments> (-Dcdk.startArguments); a proxy that requires a login goes into settings.xml:"
                                    + " <useSettingsProxy>true</useSettingsProxy> (-Dcdk.useSettingsProxy), or into <httpProxy> and"
                                    + " <httpsProxy> without a login")
                    .toException();
        }
    }

    /** Fails where this product takes no extra flags at all. */
    void requireNoClusterUpFlags(MinishiftVersion product) {
        if (!clusterUp.isEmpty()) {
            throw Problem.of(
                            product
                                    + " refuses every --extra-clusterup-flags (minishift#2318), so those of 'startArguments' cannot be used.",
                            "remove --extra-clusterup-flags from <startArguments> (-Dcdk.startArguments), or use CDK 3.5 or newer")
                    .with("not passed on: " + String.join(" ", clusterUp))
                    .toException();
        }
    }
}
