package io.github.cdkmaven.lifecycle;

import io.github.cdkmaven.engine.Engine;
import io.github.cdkmaven.openshift.ClusterAccess;
import io.github.cdkmaven.openshift.Kubeconfig;
import io.github.cdkmaven.process.AtomicFile;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;

/**
 * A running cluster, as the build gets it: each of these is a project property {@code cdk.<name>} and a line of {@code cdk.properties}. What the
 * engine does not tell is left out.
 *
 * @param ip the address of the VM, or the host of the API
 * @param apiUrl the API's address
 * @param consoleUrl the web console's address
 * @param registry the company's registry, from which the cluster's images come
 * @param kubeconfig a private file with the login that was used: a cluster administrator's for a VM of ours
 * @param oc an oc for the cluster
 * @param routingSuffix what the host names of routes end with
 * @param startedByThisBuild whether this build has to stop it
 */
public record StartedCdk(
        String ip,
        String apiUrl,
        Optional<String> consoleUrl,
        String registry,
        Path kubeconfig,
        Optional<Path> oc,
        Optional<String> routingSuffix,
        boolean startedByThisBuild) {

    /** What a start hands over. */
    static StartedCdk of(StartRequest request, ClusterAccess access, boolean startedByThisBuild) {
        Engine engine = request.engine();
        return new StartedCdk(
                engine.address().orElseGet(() -> access.cluster().host()),
                access.server().toString(),
                engine.console(),
                request.registries().own().name().toString(),
                request.reportDirectory().toAbsolutePath().resolve("kubeconfig"),
                engine.oc(),
                engine.routingSuffix(),
                startedByThisBuild);
    }

    /** The properties that the build gets. */
    public Map<String, String> toProperties() {
        Map<String, String> properties = new LinkedHashMap<>();
        properties.put("cdk.ip", ip);
        properties.put("cdk.apiUrl", apiUrl);
        consoleUrl.ifPresent(url -> properties.put("cdk.consoleUrl", url));
        properties.put("cdk.registry", registry);
        properties.put("cdk.kubeconfig", kubeconfig.toString());
        oc.ifPresent(program -> properties.put("cdk.oc", program.toString()));
        routingSuffix.ifPresent(suffix -> properties.put("cdk.routingSuffix", suffix));
        properties.put("cdk.startedByThisBuild", Boolean.toString(startedByThisBuild));
        return properties;
    }

    /** Writes what the tests of the build need to find the cluster: the private kubeconfig, and {@code cdk.properties} beside it. */
    void write(ClusterAccess access, String project) {
        try {
            AtomicFile.writePrivate(kubeconfig, Kubeconfig.toText(access, project));
            AtomicFile.writePrivate(kubeconfig.resolveSibling("cdk.properties"), text());
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write to " + kubeconfig.getParent(), e);
        }
    }

    private String text() throws IOException {
        Properties properties = new Properties();
        properties.putAll(toProperties());
        StringWriter text = new StringWriter();
        properties.store(text, "The cluster that cdk:start handed to the build");
        // Without the time of writing, so that the same cluster gives the same file.
        return text.toString()
                .lines()
                .filter(line -> !line.matches("#\\w{3} \\w{3} \\d.*"))
                .sorted()
                .reduce("", (a, b) -> a + b + "\n");
    }
}
