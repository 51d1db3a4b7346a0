package io.github.cdkmaven.sim.minishift;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.cdkmaven.sim.pull.PullLogin;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** The {@code docker} client in the VM: {@code ps}, {@code images}, {@code info}, {@code pull}, {@code tag}, {@code login}. */
final class DockerCli {

    private static final int DEFAULT_WIDTH = 40;

    private final Session session;
    private final String home;

    /** @param home of whoever runs the command: his login is used */
    DockerCli(Session session, String home) {
        this.session = session;
        this.home = home;
    }

    LoginShell.Result run(List<String> arguments) {
        String verb = arguments.isEmpty() ? "" : arguments.get(0);
        List<String> rest = arguments.isEmpty() ? List.of() : arguments.subList(1, arguments.size());
        return switch (verb) {
            case "ps" -> containers(format(rest));
            case "images" -> images(rest);
            case "info" -> LoginShell.Result.ok(info(format(rest)));
            case "pull" -> pull(rest);
            case "tag" -> tag(rest);
            case "login" -> login(rest);
            case "logout" -> logout(rest);
            case "version" -> LoginShell.Result.ok("1.13.1\n");
            default ->
                LoginShell.Result.failed(1, "docker: '" + verb + "' is not a docker command.\n" + "See 'docker --help'\n");
        };
    }

    private static String format(List<String> arguments) {
        for (int i = 0; i < arguments.size(); i++) {
            if (arguments.get(i).equals("--format") && i + 1 < arguments.size()) {
                return arguments.get(i + 1);
            }
            if (arguments.get(i).startsWith("--format=")) {
                return arguments.get(i).substring("--format=".length());
            }
        }
        return "";
    }

    private static String fill(String format, Map<String, String> fields) {
        String line = format;
        for (Map.Entry<String, String> field : fields.entrySet()) {
            line = line.replaceAll(
                    "\\{\\{ *\\." + field.getKey() + " *}}",
                    java.util.regex.Matcher.quoteReplacement(field.getValue()));
        }
        return line.replace("\\t", "\t") + "\n";
    }

    private LoginShell.Result containers(String format) {
        if (!session.openshiftRuns()) {
            return LoginShell.Result.ok(format.isEmpty() ? header() : "");
        }
        StringBuilder out = new StringBuilder(format.isEmpty() ? header() : "");
        for (JsonNode container : session.vm().value("containers")) {
            String component = container.path("component").asText();
            String image = container.path("image").asText();
            String id = Integer.toHexString(component.hashCode() | 0x10000000) + "c1d2";
            Map<String, String> fields = Map.of(
                    "ID",
                    id,
                    "Image",
                    image,
                    "Names",
                    container.path("name").asText(name(component)),
                    "Status",
                    "Up 2 minutes");
            out.append(fill(format.isEmpty() ? "{{.ID}}   {{.Image}}   {{.Status}}   {{.Names}}" : format, fields));
        }
        return LoginShell.Result.ok(out.toString());
    }

    private static String header() {
        return "CONTAINER ID   IMAGE   STATUS   NAMES\n";
    }

    /** The container that holds the master, or from 3.10 the kubelet, is named {@code origin}. */
    private static String name(String component) {
        boolean origin = component.equals("origin") || component.equals("node");
        return origin ? "origin" : "k8s_" + component + "_" + component + "-1-x7k2p_default_0";
    }

    private LoginShell.Result images(List<String> arguments) {
        String format = format(arguments);
        boolean quiet = arguments.contains("-q");
        String wanted = arguments.stream()
                .filter(word -> !word.startsWith("-") && !word.equals(format))
                .findFirst()
                .orElse("");
        StringBuilder out = new StringBuilder();
        if (format.isEmpty() && !quiet) {
            out.append("REPOSITORY").append(" ".repeat(DEFAULT_WIDTH)).append("TAG       IMAGE ID       SIZE\n");
        }
        for (String image : session.vm().images()) {
            if (wanted.isEmpty()
                    || session.docker().localName(wanted).filter(image::equals).isPresent()) {
                out.append(imageLine(image, quiet, format, arguments.contains("--no-trunc")));
            }
        }
        if (wanted.isEmpty() && !quiet && !session.vm().images().isEmpty()) {
            out.append(imageLine("<none>:<none>", false, format, arguments.contains("--no-trunc")));
        }
        return LoginShell.Result.ok(out.toString());
    }

    private String imageLine(String image, boolean quiet, String format, boolean whole) {
        int colon = image.lastIndexOf(':');
        Optional<String> loaded = session.vm().loadedId(image);
        String made = new PlatformImage("", image, image).byDigest().replaceFirst(".*@", "");
        String digest = loaded.isPresent() ? "<none>" : made;
        String longId = loaded.orElse(made);
        String id = whole ? longId : longId.substring("sha256:".length(), "sha256:".length() + 12);
        if (quiet) {
            return id + "\n";
        }
        Map<String, String> fields = Map.of(
                "Repository",
                image.substring(0, colon),
                "Tag",
                image.substring(colon + 1),
                "ID",
                id,
                "Digest",
                digest,
                "Size",
                "1.27 GB");
        return fill(format.isEmpty() ? "{{.Repository}}   {{.Tag}}   {{.ID}}   {{.Size}}" : format, fields);
    }

    private String info(String format) {
        DockerOptions options = session.dockerOptions();
        if (format.contains("RegistryConfig")) {
            return registryConfig(options) + "\n";
        }
        List<String> insecure = new ArrayList<>(options.insecure());
        insecure.add("127.0.0.0/8");
        String searched = options.added().stream()
                .map(registry -> registry + (options.isInsecure(registry) ? " (insecure)" : " (secure)"))
                .collect(Collectors.joining(", "));
        return "Server Version: 1.13.1\nInsecure Registries:\n"
                + insecure.stream().map(one -> " " + one + "\n").collect(Collectors.joining())
                + "Registries: " + (searched.isEmpty() ? "" : searched + ", ") + "docker.io (secure)\n";
    }

    private static ObjectNode registryConfig(DockerOptions options) {
        ObjectNode config = JsonFile.object();
        ObjectNode indexes = config.putObject("IndexConfigs");
        options.insecure().stream()
                .filter(registry -> !registry.contains("/"))
                .forEach(registry -> indexes.set(registry, index(registry, false)));
        indexes.set("docker.io", index("docker.io", true));
        var cidrs = config.putArray("InsecureRegistryCIDRs");
        options.insecure().stream().filter(registry -> registry.contains("/")).forEach(cidrs::add);
        cidrs.add("127.0.0.0/8");
        options.mirrors().forEach(config.putArray("Mirrors")::add);
        return config;
    }

    private static ObjectNode index(String name, boolean official) {
        ObjectNode index = JsonFile.object();
        index.putArray("Mirrors");
        return index.put("Name", name).put("Official", official).put("Secure", official);
    }

    private LoginShell.Result pull(List<String> arguments) {
        String image = arguments.isEmpty() ? "" : arguments.get(arguments.size() - 1);
        try {
            return LoginShell.Result.ok(
                    "Status: Downloaded newer image for " + session.docker().pull(image, DockerLogins.configured(session.vm(), home)) + "\n");
        } catch (Docker.PullException e) {
            return LoginShell.Result.failed(1, e.getMessage() + "\n");
        }
    }

    private java.nio.file.Path config() {
        return session.vm().file(home + "/.docker/config.json");
    }

    /** With name and password as arguments; without them it asks, which needs a terminal. */
    private LoginShell.Result login(List<String> arguments) {
        Optional<String> user = value(arguments, "-u", "--username");
        Optional<String> password = value(arguments, "-p", "--password");
        String registry = arguments.isEmpty() ? "" : arguments.get(arguments.size() - 1);
        if (user.isEmpty() || password.isEmpty()) {
            return LoginShell.Result.failed(1, "Error: Cannot perform an interactive login from a non TTY device\n");
        }
        ObjectNode content = JsonFile.read(config());
        content.withObject("/auths")
                .putObject(registry)
                .put("auth", new PullLogin(user.get(), password.get()).auth());
        JsonFile.write(config(), content);
        return LoginShell.Result.ok("Login Succeeded\n");
    }

    private LoginShell.Result logout(List<String> arguments) {
        String registry = arguments.isEmpty() ? "" : arguments.get(0);
        ObjectNode content = JsonFile.read(config());
        content.withObject("/auths").remove(registry);
        JsonFile.write(config(), content);
        return LoginShell.Result.ok("Remove login credentials for " + registry + "\n");
    }

    private static Optional<String> value(List<String> arguments, String brief, String full) {
        for (int i = 0; i + 1 < arguments.size(); i++) {
            if (arguments.get(i).equals(brief) || arguments.get(i).equals(full)) {
                return Optional.of(arguments.get(i + 1));
            }
        }
        return arguments.stream()
                .filter(word -> word.startsWith(full + "="))
                .map(word -> word.substring(full.length() + 1))
                .findFirst();
    }

    private LoginShell.Result tag(List<String> arguments) {
        if (arguments.size() < 2 || !session.docker().has(arguments.get(0))) {
            return LoginShell.Result.failed(1, "Error response from daemon: no such id: " + arguments + "\n");
        }
        session.vm().addImage(arguments.get(1));
        return LoginShell.Result.ok("");
    }
}
