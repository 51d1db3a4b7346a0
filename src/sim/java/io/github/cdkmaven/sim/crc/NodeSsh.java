package io.github.cdkmaven.sim.crc;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.cdkmaven.sim.minishift.Call;
import io.github.cdkmaven.sim.minishift.Flag;
import io.github.cdkmaven.sim.minishift.JsonFile;
import io.github.cdkmaven.sim.minishift.ParsedFlags;
import io.github.cdkmaven.sim.registry.TinyImage;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * An {@code ssh} that reaches the node of a simulated VM: {@code ssh -i <key> -p 2222 core@<address> command}. What the node
 * knows to answer: its images, and what can be pulled; its registry configuration, its pull secret and authorities, its date, and the kubelet's unit.
 */
public final class NodeSsh {

    private static final List<Flag> FLAGS = List.of(
            Flag.text("identity", "").shortly("i"),
            Flag.text("port", "").shortly("p"),
            Flag.list("option", "").shortly("o"),
            Flag.text("login", "").shortly("l"),
            Flag.toggle("quiet", "").shortly("q"),
            Flag.toggle("no-terminal", "").shortly("T"));

    private final SimulatedVm vm;
    private final Call call;

    private NodeSsh(SimulatedVm vm, Call call) {
        this.vm = vm;
        this.call = call;
    }

    /** @return the exit status; 255 where it does not come as far as the command */
    public static int run(Call call) {
        CrcRun run = CrcRun.of(call);
        int host = firstWord(call.arguments());
        ParsedFlags flags = ParsedFlags.of(call.arguments().subList(0, host), FLAGS);
        String target = host < call.arguments().size() ? call.arguments().get(host) : "";
        String command = String.join(" ", call.arguments().subList(Math.min(host + 1, call.arguments().size()), call.arguments().size()));
        SimulatedVm vm = run.vm();
        String address = target.replaceFirst(".*@", "");
        String port = flags.text("port").orElse("22");
        boolean listens = vm.isRunning() && !run.has(CrcFault.SSH_UNREACHABLE) && address.equals(vm.address())
                && port.equals(run.isUserMode() ? "2222" : "22");
        if (!listens) {
            call.complain("ssh: connect to host " + address + " port " + port + ": Connection refused");
            return 255;
        }
        Path key = run.folder().machine().resolve(run.release().keyName());
        boolean known = flags.text("identity").map(Path::of).filter(key::equals).isPresent() && Files.exists(key);
        if (!known || !target.startsWith("core@")) {
            call.complain(target + ": Permission denied (publickey,gssapi-keyex,gssapi-with-mic).");
            return 255;
        }
        return new NodeSsh(vm, call).execute(command.replaceFirst("^sudo (-n )?", "").strip());
    }

    private static int firstWord(List<String> arguments) {
        int at = 0;
        while (at < arguments.size() && arguments.get(at).startsWith("-")) {
            at += arguments.get(at).matches("-[ipol]") ? 2 : 1;
        }
        return Math.min(at, arguments.size());
    }

    private int execute(String command) {
        JsonNode inside = vm.answers() ? vm.inside() : JsonFile.object();
        if (command.equals("crictl images -o json") || command.equals("crictl images --output json")) {
            call.println(images(inside).toPrettyString());
        } else if (command.equals("podman images --format json")) {
            call.println(images(inside).path("images").toPrettyString());
        } else if (command.equals("crictl ps -o json")) {
            call.println(containers(inside).toPrettyString());
        } else if (command.startsWith("crictl rmi ")) {
            vm.removeImage(command.substring("crictl rmi ".length()).strip());
        } else if (command.startsWith("crictl pull ")) {
            return pull(command.substring("crictl pull ".length()).strip(), inside);
        } else if (command.startsWith("cat ")) {
            return cat(command.substring(4).replace("'", ""), inside);
        } else if (command.equals("ls /etc/docker/certs.d")) {
            inside.path("authorities").properties().forEach(entry -> call.println(entry.getKey()));
        } else if (command.equals("systemctl is-enabled kubelet")) {
            boolean enabled = inside.path("kubeletEnabled").asBoolean();
            call.println(enabled ? "enabled" : "disabled");
            return enabled ? 0 : 1;
        } else if (command.equals("systemctl enable kubelet")) {
            vm.enableKubelet();
        } else if (!command.equals("true") && !command.equals("exit 0")) {
            call.complain("bash: line 1: " + command.replaceFirst(" .*", "") + ": command not found");
            return 127;
        }
        return 0;
    }

    private int pull(String image, JsonNode inside) {
        Optional<String> failure = new NodePull(call.world(), inside).pull(image);
        if (failure.isPresent()) {
            call.complain(failure.get());
            return 1;
        }
        vm.addImage(image);
        call.println("Image is up to date for " + image);
        return 0;
    }

    private int cat(String path, JsonNode inside) {
        String prefix = "/etc/docker/certs.d/";
        JsonNode content = path.startsWith(prefix)
                ? inside.path("authorities").path(path.substring(prefix.length()).replace("/ca.crt", ""))
                : inside.path("files").path(path);
        if (content.isMissingNode()) {
            call.complain("cat: " + path + ": No such file or directory");
            return 1;
        }
        call.print(content.asText());
        return 0;
    }

    private static ObjectNode images(JsonNode inside) {
        ObjectNode told = JsonFile.object();
        ArrayNode images = told.putArray("images");
        for (JsonNode name : inside.path("images")) {
            boolean digested = name.asText().contains("@");
            ObjectNode image = images.addObject()
                    .put("id", TinyImage.digest(name.asText().getBytes(StandardCharsets.UTF_8)).substring(7));
            ArrayNode tags = image.putArray("repoTags");
            ArrayNode digests = image.putArray("repoDigests");
            if (!digested) {
                tags.add(name.asText());
            }
            digests.add(digested ? name.asText() : name.asText().replaceFirst(":[^:/]*$", "") + "@"
                    + TinyImage.digest(("manifest of " + name.asText()).getBytes(StandardCharsets.UTF_8)));
            image.put("size", "104857600").put("pinned", false);
        }
        return told;
    }

    /** As CRI-O tells them: the kubelet's names are labels. */
    private static ObjectNode containers(JsonNode inside) {
        ObjectNode told = JsonFile.object();
        ArrayNode containers = told.putArray("containers");
        for (JsonNode pod : inside.path("pods")) {
            for (JsonNode running : pod.path("status").path("containerStatuses")) {
                ObjectNode container = containers.addObject();
                container.putObject("metadata").put("name", running.path("name").asText());
                container.putObject("image").put("image", running.path("image").asText());
                container.put("imageRef", running.path("imageID").asText()).put("state", "CONTAINER_RUNNING");
                container.putObject("labels")
                        .put("io.kubernetes.container.name", running.path("name").asText())
                        .put("io.kubernetes.pod.name", pod.at("/metadata/name").asText())
                        .put("io.kubernetes.pod.namespace", pod.at("/metadata/namespace").asText());
            }
        }
        return told;
    }
}
