package io.github.cdkmaven.openshift.kubeconfig;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.cdkmaven.json.JsonTree;
import io.github.cdkmaven.openshift.kubeconfig.Credential.ClientCertificate;
import io.github.cdkmaven.openshift.kubeconfig.KubeconfigEntries.Entry;
import io.github.cdkmaven.problem.Problem;
import io.github.cdkmaven.process.CommandRunner;
import io.github.cdkmaven.tls.HeaderValue;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** Makes of a context what a client needs; what it does not support is refused, since a client that leaves it out goes on as somebody else. */
final class KubeconfigReader {

    /** Without a login, a question or a fragment. A name may have an underscore: DNS takes it, and so do Go's programs. */
    private static final Pattern ADDRESS = Pattern.compile(
            "(?i)(https?)://([a-z0-9_]([a-z0-9._-]*[a-z0-9_])?|\\[[0-9a-f:.]+])(:\\d{1,5})?(/[^\\s?#]*)?");

    private static final String GROUP = "client.authentication.k8s.io/";
    private static final List<String> VERSIONS = List.of(GROUP + "v1", GROUP + "v1beta1");

    /** Where a plug-in's own settings stand in the entry of a cluster. */
    private static final String EXTENSION = "client.authentication.k8s.io/exec";

    private final KubeconfigEntries entries;
    private final CommandRunner runner;
    private final Map<String, String> environment;

    KubeconfigReader(KubeconfigEntries entries, CommandRunner runner, Map<String, String> environment) {
        this.entries = entries;
        this.runner = runner;
        this.environment = environment;
    }

    ClusterAccess read(Optional<String> wanted) {
        String context = entries.context(wanted);
        Entry cluster = entries.cluster(context);
        Entry user = entries.user(context);
        ClusterServer server = new ClusterServer(
                address(cluster),
                pem(cluster, "certificate-authority"),
                cluster.isTrue("insecure-skip-tls-verify"),
                serverName(cluster),
                proxy(cluster));
        refuseOtherLogins(user);
        Credential credential = new Credential(
                client(user),
                header(user, "token"),
                user.text("tokenFile").map(user.folder()::resolve),
                plugin(user, cluster, server));
        if (credential.isNobodys()) {
            throw Problem.of(
                            "Nobody is logged in to " + server + " by the context '"
                                    + KubeconfigEntries.shown(context) + "' of the kubeconfig "
                                    + entries.files() + ".",
                            "log in with 'oc login', or name another context or file: <context> (-Dcdk.context), <kubeconfig>"
                                    + " (-Dcdk.kubeconfig)")
                    .toException();
        }
        return new ClusterAccess(server, credential, impersonation(user), context);
    }

    /** Not quoted: somebody may have written a token there. */
    private URI address(Entry cluster) {
        String server = cluster.text("server")
                .orElseThrow(() -> entries.unusable("the cluster of its context has no server")
                        .toException());
        try {
            if (ADDRESS.matcher(server.strip()).matches()) {
                return URI.create(server.strip().replaceAll("/+$", ""));
            }
        } catch (IllegalArgumentException e) {
            // Told below.
        }
        throw entries.unusable("its server must be an https URL: https://host:port, with an optional path")
                .toException();
    }

    private Optional<String> serverName(Entry cluster) {
        Optional<String> name = cluster.text("tls-server-name");
        if (name.filter(text -> !text.matches("[A-Za-z0-9._:-]+")).isPresent()) {
            throw entries.unusable("its tls-server-name is not a host name").toException();
        }
        return name;
    }

    private Optional<URI> proxy(Entry cluster) {
        return cluster.text("proxy-url").map(text -> {
            try {
                URI proxy = URI.create(text.strip());
                if ("http".equalsIgnoreCase(proxy.getScheme()) && proxy.getHost() != null) {
                    if (proxy.getRawUserInfo() == null) {
                        return proxy;
                    }
                    throw unsupported("a proxy-url with a login", "name a proxy that requires none")
                            .toException();
                }
            } catch (IllegalArgumentException e) {
                // Told below.
            }
            throw unsupported(
                            "a proxy-url of another form than http://host:port (socks5 and https are not)",
                            "name an HTTP proxy")
                    .toException();
        });
    }

    private Problem unsupported(String what, String instead) {
        return Problem.of(
                "The kubeconfig " + entries.files() + " has what this plugin does not support: " + what + ".",
                instead + ", or name another file: <kubeconfig> (-Dcdk.kubeconfig)");
    }

    private void refuseOtherLogins(Entry user) {
        String instead = "log in with 'oc login', which writes a token";
        if (user.content().has("username") || user.content().has("password")) {
            throw unsupported("a login by user name and password", instead).toException();
        }
        if (user.content().path("auth-provider").isObject()) {
            throw unsupported("a login by an auth-provider", instead + ", or by an exec plug-in")
                    .toException();
        }
    }

    /** What goes into a header. It is not quoted: a token is a secret. */
    private Optional<String> header(Entry user, String name) {
        return user.text(name).map(value -> valid(value, name));
    }

    private String valid(String value, String name) {
        if (!HeaderValue.isValid(value)) {
            throw entries.unusable(
                            "the '" + name
                                    + "' of its user contains a line break, or another character that is not allowed in an HTTP header")
                    .toException();
        }
        return value;
    }

    private Optional<ClientCertificate> client(Entry user) {
        Optional<String> certificate = pem(user, "client-certificate");
        Optional<String> key = pem(user, "client-key");
        if (certificate.isPresent() != key.isPresent()) {
            throw entries.unusable("it has only one of client-certificate and client-key")
                    .toException();
        }
        return certificate.map(text -> new ClientCertificate(text, key.orElseThrow()));
    }

    private Optional<String> pem(Entry entry, String name) {
        return entry.text(name + "-data").map(data -> decoded(data, name)).or(() -> entry.text(name)
                .map(path -> file(entry.folder().resolve(path), name)));
    }

    private String decoded(String data, String name) {
        try {
            return new String(Base64.getMimeDecoder().decode(data), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            // Not the cause: its message may quote a key.
            throw entries.unusable("its " + name + "-data is not valid Base64").toException();
        }
    }

    private String file(Path file, String name) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw entries.unusable("its " + name + " " + file + " cannot be read")
                    .toException(e);
        }
    }

    private Optional<Impersonation> impersonation(Entry user) {
        Optional<String> name = header(user, "as");
        Optional<String> uid = header(user, "as-uid");
        List<String> groups = texts(user.content().path("as-groups"), "as-groups");
        Map<String, List<String>> extra = new TreeMap<>();
        user.content()
                .path("as-user-extra")
                .properties()
                .forEach(field -> extra.put(field.getKey(), texts(field.getValue(), "as-user-extra")));
        if (name.isEmpty() && (uid.isPresent() || !groups.isEmpty() || !extra.isEmpty())) {
            throw entries.unusable("its user has as-uid, as-groups or as-user-extra without 'as'")
                    .toException();
        }
        return name.map(as -> new Impersonation(as, uid, groups, extra));
    }

    private List<String> texts(JsonNode list, String name) {
        return list.valueStream().map(value -> valid(value.asText(), name)).toList();
    }

    private Optional<ExecPlugin> plugin(Entry user, Entry cluster, ClusterServer server) {
        JsonNode exec = user.content().path("exec");
        if (!exec.isObject()
                || user.text("token").or(() -> user.text("tokenFile")).isPresent()) {
            return Optional.empty();
        }
        Entry entry = new Entry(exec, user.folder());
        String version = entry.text("apiVersion").orElse("");
        if (!VERSIONS.contains(version)) {
            throw unsupported(
                            "an exec plug-in of another apiVersion than " + String.join(" and ", VERSIONS),
                            "bring the plug-in up to date, or log in with 'oc login'")
                    .toException();
        }
        if (entry.text("interactiveMode").filter("Always"::equals).isPresent()) {
            throw unsupported(
                            "an exec plug-in that has to prompt (interactiveMode: Always)",
                            "log in with 'oc login', which writes a token")
                    .toException();
        }
        String command = entry.text("command").orElseThrow(() -> entries.unusable("its exec plug-in has no command")
                .toException());
        return Optional.of(new ExecPlugin(
                exec, program(command, user.folder()), info(entry, version, cluster, server), entries.files(), runner));
    }

    private static ObjectNode info(Entry exec, String version, Entry cluster, ClusterServer server) {
        ObjectNode info = JsonTree.object().put("kind", "ExecCredential").put("apiVersion", version);
        ObjectNode spec = info.putObject("spec").put("interactive", false);
        if (exec.isTrue("provideClusterInfo")) {
            ObjectNode told = Kubeconfig.cluster(server);
            for (JsonNode extension : cluster.content().path("extensions")) {
                if (extension.path("name").asText().equals(EXTENSION)) {
                    told.set("config", extension.path("extension"));
                }
            }
            spec.set("cluster", told);
        }
        return info;
    }

    /** A path is relative to the kubeconfig, a mere name is looked for; Windows finds what has another ending than its name. */
    private Path program(String command, Path folder) {
        if (command.contains("/") || command.contains(File.separator)) {
            return folder.resolve(command).normalize();
        }
        return Arrays.stream(environment.getOrDefault("PATH", "").split(File.pathSeparator))
                .filter(place -> !place.isEmpty())
                .map(place -> Path.of(place).resolve(command))
                .filter(file -> Files.isRegularFile(file) && Files.isExecutable(file))
                .findFirst()
                .orElse(Path.of(command));
    }
}
