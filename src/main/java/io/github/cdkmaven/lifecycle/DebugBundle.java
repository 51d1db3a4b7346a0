package io.github.cdkmaven.lifecycle;

import io.github.cdkmaven.minishift.Diagnosis;
import io.github.cdkmaven.minishift.MachineFiles;
import io.github.cdkmaven.minishift.Minishift;
import io.github.cdkmaven.minishift.Product;
import io.github.cdkmaven.minishift.StartPlan;
import io.github.cdkmaven.openshift.Kubeconfig;
import io.github.cdkmaven.process.AtomicFile;
import io.github.cdkmaven.process.Command;
import io.github.cdkmaven.process.CommandRunner;
import io.github.cdkmaven.process.SecretPlaces;
import io.github.cdkmaven.process.Secrets;
import io.github.cdkmaven.registry.Credentials;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps what a failed goal leaves behind, before the VM is stopped and takes it along: versions, arguments, configuration, logs, ImageStreams,
 * pods and events, in the folder {@code debug} beside the reports. Readable by the user alone, and without passwords.
 */
final class DebugBundle {

    private static final Logger LOG = LoggerFactory.getLogger(DebugBundle.class);
    private static final Duration LIMIT = Duration.ofSeconds(20);

    private final VerifyRequest request;
    private final Minishift minishift;
    private final MachineFiles files;
    private final Secrets secrets;

    DebugBundle(StartRequest request, Minishift minishift, MachineFiles files) {
        this(
                new VerifyRequest(
                        request.tools(),
                        request.settings(),
                        request.streams(),
                        request.verify(),
                        request.reportDirectory()),
                minishift,
                files);
    }

    DebugBundle(VerifyRequest request, Minishift minishift, MachineFiles files) {
        this.request = request;
        this.minishift = minishift;
        this.files = files;
        this.secrets = Secrets.of(request.streams().access().credentials().stream()
                .map(Credentials::password)
                .toList());
    }

    /** Writes it. What cannot be had is left out; nothing is thrown, since something worse is on its way to the user already. */
    void write(Product product, CommandRunner runner) {
        Path folder = request.reportDirectory().resolve("debug");
        try {
            put(folder, "java.txt", java(product));
            put(folder, "arguments.txt", String.join("\n", arguments(product)));
            for (Map.Entry<String, String> answer : Diagnosis.of(minishift).entrySet()) {
                put(folder, answer.getKey(), answer.getValue());
            }
            Path log = request.reportDirectory().resolve("minishift-start.log");
            if (Files.isReadable(log)) {
                put(folder, "start.txt", Files.readString(log));
            }
            if (Files.isReadable(files.kubeconfig())) {
                putCluster(folder, runner);
            }
            LOG.info("What helps to find out why is in {}", folder);
        } catch (IOException | RuntimeException e) {
            LOG.warn("{} is not complete: {}", folder, e.getMessage());
        }
    }

    /** The events say why a pod has no image, where the pod itself only says that it waits for it. */
    private void putCluster(Path folder, CommandRunner runner) throws IOException {
        Path oc = request.tools().oc(files);
        put(folder, "pods.txt", ask(runner, oc, "get", "pods", "--all-namespaces", "-o", "wide"));
        put(folder, "events.txt", ask(runner, oc, "get", "events", "--all-namespaces"));
        put(folder, "imagestreams.json", ask(runner, oc, "get", "imagestreams", "--all-namespaces", "-o", "json"));
    }

    private static String java(Product product) {
        return product + "\nJava " + System.getProperty("java.version") + "\n" + System.getProperty("os.name") + " "
                + System.getProperty("os.version") + " " + System.getProperty("os.arch") + "\n";
    }

    private List<String> arguments(Product product) {
        String openshift = StartPlan.openshift(product, request.settings(), files.cachedOpenShifts());
        return StartPlan.of(
                        product, request.settings(), request.streams().policy().relocation(), openshift)
                .arguments();
    }

    private String ask(CommandRunner runner, Path oc, String... words) {
        List<String> arguments = new ArrayList<>(List.of("--config=" + files.kubeconfig(), "--request-timeout=10s"));
        arguments.addAll(List.of(words));
        return Kubeconfig.secrets(files.kubeconfig())
                .mask(runner.run(new Command(oc, arguments, Map.of(), LIMIT)).shown());
    }

    private void put(Path folder, String name, String text) throws IOException {
        AtomicFile.writePrivate(folder.resolve(name), masked(secrets, text));
    }

    static String masked(Secrets secrets, String text) {
        return SecretPlaces.mask(secrets.mask(text));
    }
}
