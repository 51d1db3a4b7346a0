package io.github.cdkmaven.openshift.kubeconfig;

import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The user in whose name calls are made, as kubeconfigs say it.
 *
 * @param user the user's name ({@code as})
 * @param uid the user's id ({@code as-uid})
 * @param groups the user's groups ({@code as-groups}); where there are none, the server gives the user its own
 * @param extra what else is known of the user ({@code as-user-extra})
 */
public record Impersonation(String user, Optional<String> uid, List<String> groups, Map<String, List<String>> extra) {

    private static final String NO_TOKEN = "\"(),/:;<=>?@[\\]{}%";

    public Impersonation {
        groups = List.copyOf(groups);
        extra = Map.copyOf(extra);
    }

    /** A user of whom nothing but the name is said. */
    public static Impersonation of(String user) {
        return new Impersonation(user, Optional.empty(), List.of(), Map.of());
    }

    public void addTo(HttpRequest.Builder request) {
        request.header("Impersonate-User", user);
        uid.ifPresent(id -> request.header("Impersonate-Uid", id));
        groups.forEach(group -> request.header("Impersonate-Group", group));
        extra.forEach(
                (key, values) -> values.forEach(value -> request.header("Impersonate-Extra-" + escaped(key), value)));
    }

    /** Keys are often addresses; what no header's name may have is percent-encoded, as client-go does. */
    private static String escaped(String key) {
        return new String(key.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1)
                .chars()
                .mapToObj(letter -> letter > ' ' && letter < 0x7f && NO_TOKEN.indexOf(letter) < 0
                        ? String.valueOf((char) letter)
                        : String.format("%%%02X", letter))
                .collect(Collectors.joining());
    }
}
