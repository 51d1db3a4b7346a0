package io.github.cdkmaven.sim.cluster;

import java.util.List;
import java.util.Optional;

/**
 * The path of a resource of the API.
 *
 * @param group the API group; empty for {@code /api/v1}
 * @param namespace empty for the whole cluster
 * @param resource such as {@code imagestreams}
 * @param name empty for all of them
 */
record ResourcePath(String group, String namespace, String resource, String name) {

    /** Takes a path apart; empty where it is not one of a resource. */
    static Optional<ResourcePath> parse(String path) {
        List<String> parts = List.of(path.replaceFirst("^/", "").split("/"));
        String group;
        List<String> rest;
        if (parts.size() >= 3 && "api".equals(parts.get(0))) {
            group = "";
            rest = parts.subList(2, parts.size());
        } else if (parts.size() >= 4 && "apis".equals(parts.get(0))) {
            group = parts.get(1);
            rest = parts.subList(3, parts.size());
        } else {
            return Optional.empty();
        }
        String namespace = "";
        if (rest.size() >= 3 && "namespaces".equals(rest.get(0))) {
            namespace = rest.get(1);
            rest = rest.subList(2, rest.size());
        }
        if (rest.size() == 3 && "pods".equals(rest.get(0)) && "log".equals(rest.get(2))) {
            return Optional.of(new ResourcePath(group, namespace, "pods/log", rest.get(1)));
        }
        if (rest.size() > 2) {
            return Optional.empty();
        }
        return Optional.of(new ResourcePath(group, namespace, rest.get(0), rest.size() == 2 ? rest.get(1) : ""));
    }

    /** The resource with its group, as messages name it. */
    String qualified() {
        return group.isEmpty() ? resource : resource + "." + group;
    }

    /** The path of one object of this resource. */
    String selfLink(String object) {
        String root = group.isEmpty() ? "/api/v1" : "/apis/" + group + "/v1";
        return root + (namespace.isEmpty() ? "" : "/namespaces/" + namespace) + "/" + resource
                + (object.isEmpty() ? "" : "/" + object);
    }
}
