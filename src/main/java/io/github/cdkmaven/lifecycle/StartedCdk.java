package io.github.cdkmaven.lifecycle;

import io.github.cdkmaven.engine.DockerDaemon;
import io.github.cdkmaven.engine.Engine;
import io.github.cdkmaven.openshift.IntegratedRegistry;
import io.github.cdkmaven.openshift.OpenShiftApi;
import io.github.cdkmaven.openshift.kubeconfig.ClusterAccess;
import io.github.cdkmaven.openshift.kubeconfig.Kubeconfig;
import io.github.cdkmaven.process.AtomicFile;
import io.github.cdkmaven.registry.Credentials;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
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
 * @param files where the build finds it: a private kubeconfig with the login that was used, a cluster administrator's for a VM of ours
 * @param oc an oc for the cluster
 * @param routingSuffix what the host names of routes end with
 * @param docker the docker of the VM
 * @param internalRegistry OpenShift's own registry, as pods name it
 * @param pushRegistry the same, as one pushes to it
 * @param pushLogin the login for that, which also lies in a private file
 * @param startedByThisBuild whether this build has to stop it
 */
public record StartedCdk(
        String ip,
        String apiUrl,
        Optional<String> consoleUrl,
        String registry,
        HandedFiles files,
        Optional<Path> oc,
        Optional<String> routingSuffix,
        Optional<DockerDaemon> docker,
        Optional<String> internalRegistry,
        Optional<String> pushRegistry,
        Optional<Credentials> pushLogin,
        boolean startedByThisBuild) {

    /** Hands over what a start has come to, and writes the files by which it is found. */
    static StartedCdk handOver(StartRequest request, OpenShiftApi api, boolean startedByThisBuild) {
        Engine engine = request.engine();
        ClusterAccess access = api.access();
        HandedFiles files = new HandedFiles(request.reportDirectory());
        Optional<DockerDaemon> docker = engine.docker();
        Optional<IntegratedRegistry> registry = IntegratedRegistry.of(api);
        Optional<String> push = registry.flatMap(own -> own.pushName(docker.isPresent()));
        try {
            AtomicFile.writePrivate(files.kubeconfig(), Kubeconfig.toText(access, engine.project()));
            Optional<Credentials> login = push.flatMap(name -> IntegratedRegistry.login(access));
            if (login.isPresent()) {
                AtomicFile.writePrivate(files.pushLogin(), IntegratedRegistry.dockerConfig(push.get(), login.get()));
            }
            StartedCdk started = new StartedCdk(
                    engine.address().orElseGet(() -> access.cluster().host()),
                    access.server().toString(),
                    engine.console(),
                    request.registries().own().name().toString(),
                    files,
                    engine.oc(),
                    engine.routingSuffix(),
                    docker,
                    registry.map(IntegratedRegistry::internal),
                    push,
                    login,
                    startedByThisBuild);
            AtomicFile.writePrivate(files.properties(), started.text());
            return started;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write to " + files.folder(), e);
        }
    }

    /** The private kubeconfig. */
    public Path kubeconfig() {
        return files.kubeconfig();
    }

    /** The properties that the build gets. */
    public Map<String, String> toProperties() {
        Map<String, String> properties = new LinkedHashMap<>();
        properties.put("cdk.ip", ip);
        properties.put("cdk.apiUrl", apiUrl);
        consoleUrl.ifPresent(url -> properties.put("cdk.consoleUrl", url));
        properties.put("cdk.registry", registry);
        properties.put("cdk.kubeconfig", kubeconfig().toString());
        oc.ifPresent(program -> properties.put("cdk.oc", program.toString()));
        routingSuffix.ifPresent(suffix -> properties.put("cdk.routingSuffix", suffix));
        docker.ifPresent(daemon -> {
            properties.put("cdk.dockerHost", daemon.host());
            properties.put("cdk.dockerCertPath", daemon.certificates().toString());
        });
        internalRegistry.ifPresent(name -> properties.put("cdk.internalRegistry", name));
        pushRegistry.ifPresent(name -> properties.put("cdk.pushRegistry", name));
        pushLogin.ifPresent(
                login -> properties.put("cdk.pushLogin", files.pushLogin().toString()));
        properties.put("cdk.startedByThisBuild", Boolean.toString(startedByThisBuild));
        return properties;
    }

    /** With what fabric8's client looks for among the system properties of a test. */
    String text() throws IOException {
        Properties properties = new Properties();
        properties.putAll(toProperties());
        properties.put("kubeconfig", kubeconfig().toString());
        // To a stream and not to a writer: only then is each letter written so that Properties.load(InputStream) reads
        // it.
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        properties.store(text, "The cluster that cdk:start handed to the build");
        // Without the time of writing, so that the same cluster gives the same file.
        return text.toString(StandardCharsets.ISO_8859_1)
                .lines()
                .filter(line -> !line.matches("#\\w{3} \\w{3} \\d.*"))
                .sorted()
                .reduce("", (a, b) -> a + b + "\n");
    }
}
