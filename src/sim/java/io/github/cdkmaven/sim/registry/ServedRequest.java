package io.github.cdkmaven.sim.registry;

import java.util.Optional;

/**
 * One request as a registry saw it.
 *
 * @param method {@code GET}, {@code HEAD} …
 * @param path the path with its query
 * @param status what was answered; 0 while under way, and when the connection was cut instead
 * @param authorization the scheme of the Authorization header ({@code Basic}, {@code Bearer}), if one arrived
 * @param accept the Accept headers, joined by comma
 */
public record ServedRequest(String method, String path, int status, Optional<String> authorization, String accept) {

    @Override
    public String toString() {
        return method + ' ' + path + ' ' + status;
    }
}
