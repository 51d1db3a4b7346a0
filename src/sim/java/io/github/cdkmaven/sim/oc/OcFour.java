package io.github.cdkmaven.sim.oc;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.cdkmaven.sim.minishift.Call;
import io.github.cdkmaven.sim.minishift.ExitException;
import io.github.cdkmaven.sim.minishift.JsonFile;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;

/** The commands that {@code oc} of OpenShift 4 has, or that end otherwise than those of 3: a failed import is an error at last. */
final class OcFour {

    private static final String IMAGES = "/apis/image.openshift.io/v1/namespaces/";

    private OcFour() {}

    /** @return whether the command is one of these */
    static boolean run(OcSession session, List<String> words) {
        switch (words.isEmpty() ? "" : words.get(0)) {
            case "version" -> version(session);
            case "auth" -> canI(session, words);
            case "import-image" -> importImage(session, words);
            case "tag" -> tag(session, words);
            case "create" -> create(session);
            case "adm" ->
                throw ExitException.failure("error: unknown command \"" + String.join(" ", words.subList(2, words.size()))
                        + "\"\nSee 'oc adm " + words.get(1) + " -h' for help and examples");
            default -> {
                return false;
            }
        }
        return true;
    }

    private static void version(OcSession session) {
        Call call = session.call();
        if (session.flags().text("output").orElse("").equals("json")) {
            ObjectNode shown = JsonFile.object();
            String[] parts = session.version().split("\\.");
            shown.putObject("clientVersion")
                    .put("major", parts[0])
                    .put("minor", parts[1])
                    .put("gitVersion", session.version())
                    .put("gitCommit", "")
                    .put("gitTreeState", "")
                    .put("buildDate", "")
                    .put("goVersion", "go1.23.5")
                    .put("compiler", "gc")
                    .put("platform", "linux/amd64");
            shown.put("kustomizeVersion", "v5.5.0");
            call.println(GoJson.print(shown).replace("    ", "  "));
            return;
        }
        call.println("Client Version: " + session.version());
        call.println("Kustomize Version: v5.5.0");
        if (session.flags().isOn("client") || session.server().isEmpty()) {
            return;
        }
        HttpResponse<String> openshift =
                session.send("GET", "/apis/config.openshift.io/v1/clusterversions/version", "");
        if (openshift.statusCode() == 200) {
            JsonNode found = OcSession.parse(openshift.body());
            call.println("Server Version: " + found.at("/status/desired/version").asText());
        }
        call.println("Kubernetes Version: "
                + session.json("GET", "/version", "").path("gitVersion").asText());
    }

    private static void canI(OcSession session, List<String> words) {
        String[] resource = words.get(3).split("\\.", 2);
        ObjectNode review = JsonFile.object().put("kind", "SelfSubjectAccessReview");
        review.put("apiVersion", "authorization.k8s.io/v1")
                .putObject("spec")
                .putObject("resourceAttributes")
                .put("namespace", session.namespace())
                .put("verb", words.get(2))
                .put("resource", resource[0])
                .put("group", resource.length > 1 ? resource[1] : group(resource[0]));
        boolean allowed = session.json(
                        "POST", "/apis/authorization.k8s.io/v1/selfsubjectaccessreviews", review.toString())
                .at("/status/allowed")
                .asBoolean();
        session.call().println(allowed ? "yes" : "no");
        if (!allowed) {
            throw ExitException.silent(1);
        }
    }

    private static String group(String resource) {
        return resource.startsWith("imagestream") ? "image.openshift.io" : "";
    }

    private static void create(OcSession session) {
        String path = session.flags().text("raw").orElseThrow(() -> ExitException.failure("error: only --raw is known"));
        HttpResponse<String> answer = session.send("POST", path, OcResources.input(session));
        if (answer.statusCode() >= 400) {
            throw OcSession.refused("", OcSession.parse(answer.body()));
        }
        session.call().print(answer.body());
    }

    private static void tag(OcSession session, List<String> words) {
        String source = words.get(1);
        String target = words.get(2);
        ObjectNode tag = JsonFile.object().put("kind", "ImageStreamTag").put("apiVersion", "image.openshift.io/v1");
        tag.putObject("metadata").put("name", target).put("namespace", session.namespace());
        ObjectNode spec = tag.putObject("tag").put("name", target.replaceFirst(".*:", ""));
        spec.putObject("from").put("kind", "DockerImage").put("name", source);
        spec.putObject("importPolicy").put("insecure", session.flags().isOn("insecure"));
        spec.putObject("referencePolicy").put("type", "Source");
        session.json(
                "PUT", IMAGES + session.namespace() + "/imagestreamtags/" + target, tag.toString());
        session.call().println("Tag " + target + " set to " + source + ".");
    }

    private static void importImage(OcSession session, List<String> words) {
        String[] named = words.get(1).split(":", 2);
        String streams = IMAGES + session.namespace() + "/imagestreams/";
        HttpResponse<String> found = session.send("GET", streams + named[0], "");
        if (found.statusCode() == 404) {
            throw ExitException.failure(
                    "error: no image stream named \"" + named[0] + "\" exists, pass --confirm to create and import");
        }
        if (found.statusCode() != 200) {
            throw OcSession.refused("", OcSession.parse(found.body()));
        }
        JsonNode stream = OcSession.parse(found.body());
        JsonNode answer = session.json(
                "POST",
                IMAGES + session.namespace() + "/imagestreamimports",
                request(session, stream, named.length > 1 ? named[1] : "latest").toString());
        report(session.call(), answer);
    }

    private static ObjectNode request(OcSession session, JsonNode stream, String tag) {
        ObjectNode request = JsonFile.object().put("kind", "ImageStreamImport").put("apiVersion", "image.openshift.io/v1");
        request.putObject("metadata")
                .put("name", stream.at("/metadata/name").asText())
                .put("namespace", session.namespace())
                .put("resourceVersion", stream.at("/metadata/resourceVersion").asText());
        ObjectNode spec = request.putObject("spec").put("import", true);
        spec.putArray("images");
        String from = session.flags().text("from").orElse("");
        if (!from.isEmpty()) {
            add(session, spec, JsonFile.object(), tag, from);
            return request;
        }
        for (JsonNode candidate : stream.at("/spec/tags")) {
            boolean wanted = session.flags().isOn("all") || tag.equals(candidate.path("name").asText());
            if (wanted && "DockerImage".equals(candidate.at("/from/kind").asText())) {
                add(session, spec, candidate, candidate.path("name").asText(), candidate.at("/from/name").asText());
            }
        }
        return request;
    }

    private static void add(OcSession session, ObjectNode spec, JsonNode tag, String name, String from) {
        ObjectNode image = spec.withArray("images").addObject();
        image.putObject("from").put("kind", "DockerImage").put("name", from);
        image.putObject("to").put("name", name);
        JsonNode stored = tag.path("importPolicy");
        ObjectNode policy = image.putObject("importPolicy")
                .put("insecure", session.flags().isOn("insecure") || stored.path("insecure").asBoolean())
                .put("importMode", session.flags().text("import-mode").orElse(stored.path("importMode").asText("Legacy")));
        if (stored.path("scheduled").asBoolean()) {
            policy.put("scheduled", true);
        }
        if (tag.has("referencePolicy")) {
            image.set("referencePolicy", tag.path("referencePolicy"));
        }
    }

    private static void report(Call call, JsonNode answer) {
        List<String> failures = new ArrayList<>();
        for (JsonNode image : answer.at("/status/images")) {
            if (image.at("/status/status").asText().equals("Failure")) {
                failures.add("error: tag " + image.path("tag").asText() + " failed: "
                        + image.at("/status/message").asText());
            }
        }
        JsonNode stream = answer.at("/status/import");
        call.println("imagestream.image.openshift.io/" + stream.at("/metadata/name").asText() + " imported"
                + (failures.isEmpty() ? "" : " with errors") + "\n");
        call.print(OcDescription.of(stream));
        if (!failures.isEmpty()) {
            failures.forEach(call::complain);
            throw ExitException.failure("error: imported completed with errors");
        }
    }
}
