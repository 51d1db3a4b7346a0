package io.github.cdkmaven.sim.crc;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.cdkmaven.sim.minishift.World;
import io.github.cdkmaven.sim.minishift.Yaml;
import io.github.cdkmaven.sim.pull.DistributionClient;
import io.github.cdkmaven.sim.pull.GoFailure;
import io.github.cdkmaven.sim.pull.HttpAnswer;
import io.github.cdkmaven.sim.pull.PullLogin;
import io.github.cdkmaven.sim.pull.SocketHttp;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A pull by the node's CRI-O, as its disk now says: mirrors first, then the source unless it is blocked. What comes through is
 * recorded under the name that was asked for. Its words follow containers/image and were not recorded.
 */
final class NodePull {

    private static final Duration TIMEOUT = Duration.ofSeconds(10);
    private static final List<String> ACCEPTED = List.of(
            "application/vnd.docker.distribution.manifest.v2+json",
            "application/vnd.docker.distribution.manifest.list.v2+json",
            "application/vnd.oci.image.manifest.v1+json",
            "application/vnd.oci.image.index.v1+json");

    /** A {@code [[registry]]}, or one of its mirrors. */
    private static final class Entry {
        private String location = "";
        private boolean insecure;
        private boolean blocked;
        private String pulls = "";
        private final List<Entry> mirrors = new ArrayList<>();
    }

    private final World world;
    private final JsonNode files;
    private final JsonNode authorities;
    private final List<Entry> entries;

    /** @param inside what the node's disk holds */
    NodePull(World world, JsonNode inside) {
        this.world = world;
        this.files = inside.path("files");
        this.authorities = inside.path("authorities");
        this.entries = parse(files.path("/etc/containers/registries.conf").asText());
    }

    private static List<Entry> parse(String conf) {
        List<Entry> entries = new ArrayList<>();
        Entry current = new Entry();
        for (String line : conf.lines().map(String::strip).toList()) {
            String value = line.replaceFirst("^[^=]*= ?", "").replace("\"", "");
            if (line.equals("[[registry]]")) {
                current = new Entry();
                entries.add(current);
            } else if (line.equals("[[registry.mirror]]")) {
                current = new Entry();
                entries.get(entries.size() - 1).mirrors.add(current);
            } else if (line.startsWith("location")) {
                current.location = value;
            } else if (line.startsWith("insecure")) {
                current.insecure = true;
            } else if (line.startsWith("blocked")) {
                current.blocked = true;
            } else if (line.startsWith("pull-from-mirror")) {
                current.pulls = value;
            }
        }
        return entries;
    }

    /** Empty when it came through; else what {@code crictl} says. */
    Optional<String> pull(String image) {
        Entry entry = entries.stream()
                .filter(known -> image.matches(Pattern.quote(known.location) + "([/:@].*)?"))
                .max(Comparator.comparing(known -> known.location.length()))
                .orElseGet(Entry::new);
        List<String> failures = new ArrayList<>();
        for (Entry mirror : entry.mirrors) {
            if (mirror.pulls.equals(image.contains("@") ? "digest-only" : "tag-only")) {
                String name = mirror.location + image.substring(entry.location.length());
                Optional<String> failure = fetch(name, mirror.insecure);
                if (failure.isEmpty()) {
                    return failure;
                }
                failures.add(name + ": " + failure.get());
            }
        }
        Optional<String> last = entry.blocked
                ? Optional.of("registry " + entry.location + " is blocked in /etc/containers/registries.conf or"
                        + " /etc/containers/registries.conf.d")
                : fetch(image, entry.insecure);
        String also = failures.isEmpty() ? "" : "(Mirrors also failed: " + failures + "): " + image + ": ";
        return last.map(failure -> "FATA[0000] pulling image: rpc error: code = Unknown desc = initializing source docker://"
                + image + ": " + also + failure);
    }

    private Optional<String> fetch(String image, boolean insecure) {
        int slash = image.indexOf('/');
        String host = image.substring(0, slash);
        String rest = image.substring(slash + 1);
        boolean digested = rest.contains("@");
        int end = digested ? rest.indexOf('@') : rest.contains(":") ? rest.indexOf(':') : rest.length();
        String path = rest.substring(0, end);
        String reference = end == rest.length() ? "latest" : rest.substring(end + 1);
        JsonNode secret = Yaml.read(files.path("/var/lib/kubelet/config.json").asText());
        Optional<PullLogin> login =
                PullLogin.ofAuth(secret.path("auths").path(host).path("auth").asText());
        try (SocketHttp http = insecure
                ? SocketHttp.blind(this::locate, TIMEOUT)
                : SocketHttp.verifying(this::locate, this::trusted, TIMEOUT)) {
            DistributionClient client = new DistributionClient(http, uri -> login, true);
            URI base = base(client, host, insecure);
            HttpAnswer answer = client.get(base.resolve(path + "/manifests/" + reference), path, ACCEPTED);
            return answer.status() == 200
                    ? Optional.empty()
                    : Optional.of("reading manifest " + reference + " in " + host + "/" + path + ": "
                            + (answer.status() == 404 ? "manifest unknown" : "status " + answer.status()));
        } catch (GoFailure e) {
            return Optional.of("pinging container registry " + host + ": " + e.words());
        }
    }

    private static URI base(DistributionClient client, String host, boolean insecure) throws GoFailure {
        URI secure = URI.create("https://" + host + "/v2/");
        try {
            client.ping(secure);
            return secure;
        } catch (GoFailure e) {
            if (!insecure) {
                throw e;
            }
            URI plain = URI.create("http://" + host + "/v2/");
            client.ping(plain);
            return plain;
        }
    }

    private Optional<String> locate(String authority) {
        String name = authority.replaceFirst(":\\d+$", "");
        Optional<String> known = world.resolve(authority).or(() -> world.resolve(name));
        if (known.isEmpty()) {
            world.outside(name, "crictl pull");
        }
        String port = authority.substring(name.length());
        return known.map(address -> address.contains(":") ? address : address + port);
    }

    private List<X509Certificate> trusted(String authority) {
        List<X509Certificate> found = new ArrayList<>(certificates(authorities.path(authority).asText()));
        try {
            for (Path file : world.trusted()) {
                found.addAll(certificates(Files.readString(file)));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return found;
    }

    /** Go takes what it can read and says nothing of the rest. */
    private static List<X509Certificate> certificates(String pem) {
        List<X509Certificate> found = new ArrayList<>();
        try {
            for (Certificate certificate : CertificateFactory.getInstance("X.509")
                    .generateCertificates(new ByteArrayInputStream(pem.getBytes(StandardCharsets.UTF_8)))) {
                found.add((X509Certificate) certificate);
            }
        } catch (CertificateException e) {
            return found;
        }
        return found;
    }
}
