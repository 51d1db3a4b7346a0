package io.github.cdkmaven.sim.oc;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.cdkmaven.sim.minishift.ExitException;
import io.github.cdkmaven.sim.minishift.JsonFile;
import io.github.cdkmaven.sim.minishift.KubeconfigFile;
import io.github.cdkmaven.sim.minishift.Yaml;
import java.util.List;

/** {@code oc config}: shows the kubeconfig, without its secrets unless told otherwise. */
final class OcConfig {

    private static final List<String> ORDER =
            List.of("server", "insecure-skip-tls-verify", "certificate-authority-data", "cluster", "user", "namespace");
    private static final List<String> SECRET =
            List.of("certificate-authority-data", "client-certificate-data", "client-key-data");

    private OcConfig() {}

    static void run(OcSession session) {
        List<String> words = session.flags().words();
        KubeconfigFile kubeconfig = session.kubeconfig();
        switch (words.size() > 1 ? words.get(1) : "") {
            case "view" -> view(session, kubeconfig);
            case "current-context" -> session.call().println(kubeconfig.currentContext());
            case "use-context" -> use(session, kubeconfig, words.get(2));
            default -> throw ExitException.failure("Error: unknown command for \"oc config\"");
        }
    }

    private static void use(OcSession session, KubeconfigFile kubeconfig, String name) {
        if (kubeconfig.find("contexts", name).isEmpty()) {
            throw ExitException.failure("error: no context exists with the name: \"" + name + "\".");
        }
        kubeconfig.use(name);
        kubeconfig.write(Oc.kubeconfigFile(session.call()), "rw-------");
        session.call().println("Switched to context \"" + name + "\".");
    }

    private static void view(OcSession session, KubeconfigFile kubeconfig) {
        String current = session.flags().text("context").orElse(kubeconfig.currentContext());
        boolean minify = session.flags().isOn("minify");
        if (minify && current.isEmpty()) {
            throw ExitException.failure("error: current-context must exist in order to minify");
        }
        ObjectNode shown = JsonFile.object().put("kind", "Config").put("apiVersion", "v1");
        shown.putObject("preferences");
        JsonNode context = session.context();
        copy(kubeconfig, "clusters", minify, context.path("cluster").asText(), shown);
        copy(kubeconfig, "users", minify, context.path("user").asText(), shown);
        copy(kubeconfig, "contexts", minify, current, shown);
        shown.put("current-context", current);
        if (!session.flags().isOn("raw")) {
            shown.path("clusters").forEach(entry -> redact((ObjectNode) entry.path("cluster"), session.release()));
            shown.path("users").forEach(entry -> redact((ObjectNode) entry.path("user"), session.release()));
        }
        boolean json = session.flags().text("output").orElse("yaml").equals("json");
        session.call().print(json ? GoJson.print(shown) + "\n" : Yaml.write(shown));
    }

    private static void copy(KubeconfigFile from, String kind, boolean minify, String name, ObjectNode shown) {
        ArrayNode array = shown.putArray(kind);
        for (JsonNode entry : from.json().path(kind)) {
            if (!minify || entry.path("name").asText().equals(name)) {
                ObjectNode ordered =
                        JsonFile.object().put("name", entry.path("name").asText());
                String content = kind.substring(0, kind.length() - 1);
                ordered.set(content, inOrder(entry.path(content)));
                array.add(ordered);
            }
        }
    }

    /** As the structures of the real one print: not sorted. */
    private static ObjectNode inOrder(JsonNode content) {
        ObjectNode ordered = JsonFile.object();
        ORDER.stream().filter(content::has).forEach(name -> ordered.set(name, content.get(name)));
        ordered.setAll((ObjectNode) content.deepCopy());
        return ordered;
    }

    private static void redact(ObjectNode holder, OcRelease release) {
        SECRET.stream().filter(holder::has).forEach(name -> holder.put(name, release.hidden(name.endsWith("-data"))));
        if (release.isFour() && holder.has("token")) {
            holder.put("token", release.hidden(false));
        }
    }
}
