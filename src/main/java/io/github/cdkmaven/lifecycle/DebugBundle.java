package io.github.cdkmaven.lifecycle;

import io.github.cdkmaven.engine.Engine;
import io.github.cdkmaven.engine.Product;
import io.github.cdkmaven.process.AtomicFile;
import io.github.cdkmaven.process.SecretPlaces;
import io.github.cdkmaven.process.Secrets;
import io.github.cdkmaven.registry.Credentials;
import io.github.cdkmaven.registry.Registries;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps what a failed goal leaves behind, before the VM is stopped and takes it along: versions, arguments, configuration, logs, ImageStreams,
 * pods and events, in the folder {@code debug} beside the reports. Readable by the user alone, and without passwords.
 */
final class DebugBundle {

    private static final Logger LOG = LoggerFactory.getLogger(DebugBundle.class);

    private final Engine engine;
    private final HandedFiles reports;
    private final Path folder;
    private final Secrets secrets;

    DebugBundle(Engine engine, Registries registries, Path reportDirectory) {
        this.engine = engine;
        this.reports = new HandedFiles(reportDirectory);
        this.folder = reports.debug();
        this.secrets = Secrets.of(registries.all().stream()
                .flatMap(registry -> registry.credentials().stream())
                .map(Credentials::password)
                .toList());
    }

    /** Writes it. What cannot be had is left out; nothing is thrown, since something worse is on its way to the user already. */
    void write() {
        reports.removeOldDebug();
        try {
            put("java.txt", java(engine.product()));
            for (Map.Entry<String, String> answer : engine.diagnosis().entrySet()) {
                put(answer.getKey(), answer.getValue());
            }
            LOG.info("Files that help to find the cause are in {}", folder);
        } catch (IOException | RuntimeException e) {
            LOG.warn("{} is not complete: {}", folder, e.getMessage());
        }
    }

    private static String java(Product product) {
        return product + "\nJava " + System.getProperty("java.version") + "\n" + System.getProperty("os.name") + " "
                + System.getProperty("os.version") + " " + System.getProperty("os.arch") + "\n";
    }

    private void put(String name, String text) throws IOException {
        AtomicFile.writePrivate(folder.resolve(name), masked(secrets, text));
    }

    static String masked(Secrets secrets, String text) {
        return SecretPlaces.mask(secrets.mask(text));
    }
}
