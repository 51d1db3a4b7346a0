package io.github.cdkmaven.lifecycle;

import io.github.cdkmaven.minishift.Minishift;
import io.github.cdkmaven.minishift.StartOption;
import io.github.cdkmaven.openshift.ClusterAccess;
import io.github.cdkmaven.openshift.Kubeconfig;
import io.github.cdkmaven.process.AtomicFile;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.Properties;

/** Writes what the tests of the build need to find the cluster: a private kubeconfig and {@code cdk.properties}. */
final class BuildProperties {

    private static final String NAMESPACE = "myproject";

    private BuildProperties() {}

    static StartedCdk write(
            StartRequest request, Minishift minishift, Path oc, ClusterAccess access, boolean startedByThisBuild) {
        Path folder = request.reportDirectory().toAbsolutePath();
        Path kubeconfig = folder.resolve("kubeconfig");
        String ip = minishift.ip().orElseGet(() -> access.server().getHost());
        String apiUrl = access.server().toString();
        StartedCdk started = new StartedCdk(
                ip,
                apiUrl,
                URI.create(apiUrl + "/console").toString(),
                request.settings().registry().toString(),
                kubeconfig,
                oc,
                request.settings().first(StartOption.ROUTING_SUFFIX, ip + ".nip.io"),
                startedByThisBuild);
        try {
            AtomicFile.writePrivate(kubeconfig, Kubeconfig.toText(access, NAMESPACE));
            AtomicFile.writePrivate(folder.resolve("cdk.properties"), text(started));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write to " + folder, e);
        }
        return started;
    }

    private static String text(StartedCdk started) throws IOException {
        Properties properties = new Properties();
        properties.putAll(started.toProperties());
        StringWriter text = new StringWriter();
        properties.store(text, "The CDK that cdk:start handed to the build");
        // Without the time of writing, so that the same cluster gives the same file.
        return text.toString()
                .lines()
                .filter(line -> !line.matches("#\\w{3} \\w{3} \\d.*"))
                .sorted()
                .reduce("", (a, b) -> a + b + "\n");
    }
}
