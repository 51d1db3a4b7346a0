package io.github.cdkmaven.sim.registry;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The real {@code skopeo}, run by scripts for which a registry on the loopback plays the public ones. */
public final class Skopeo {

    private static final String PROGRAM = "skopeo";

    private final Path bin;

    /**
     * A skopeo that finds the given hosts' images in another registry.
     *
     * @param folder where its configuration goes
     * @param stand which registry stands in, by public host
     */
    public Skopeo(Path folder, Map<String, String> stand) {
        StringBuilder conf = new StringBuilder();
        stand.forEach((host, location) -> conf.append("""
                [[registry]]
                prefix = "%s"
                location = "%s"
                insecure = true
                """.formatted(host, location)));
        try {
            Path file = Files.writeString(folder.resolve("registries.conf"), conf);
            bin = Files.createDirectories(folder.resolve("bin"));
            Files.writeString(
                            bin.resolve(PROGRAM),
                            "#!/bin/sh\nexec '" + onPath().orElseThrow() + "' --registries-conf '" + file
                                    + "' \"$@\"\n")
                    .toFile()
                    .setExecutable(true);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Whether the program is on the PATH. */
    public static boolean available() {
        boolean found = onPath().isPresent();
        if (!found && "true".equals(System.getenv("CDK_REQUIRE_SKOPEO"))) {
            throw new IllegalStateException(PROGRAM + " is not on the PATH, and CDK_REQUIRE_SKOPEO asks for it");
        }
        return found;
    }

    private static Optional<Path> onPath() {
        return Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
                .map(entry -> Path.of(entry, PROGRAM))
                .filter(Files::isExecutable)
                .findFirst();
    }

    /** What a command printed, and how it ended. */
    public record Result(int exit, String output) {}

    /** Runs a shell script that calls skopeo. */
    public Result script(Path script, String... options) {
        List<String> command = new ArrayList<>(List.of("sh", script.toString()));
        command.addAll(List.of(options));
        return run(script.getParent(), command);
    }

    /** Runs a command line, as somebody would copy it out of a file. */
    public Result line(Path folder, String line) {
        return run(folder, List.of("sh", "-c", line));
    }

    private Result run(Path folder, List<String> command) {
        ProcessBuilder builder =
                new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true);
        Map<String, String> environment = builder.environment();
        environment.put("PATH", bin + File.pathSeparator + environment.getOrDefault("PATH", ""));
        // Whatever is not on the loopback ends at a closed port, so that no public name is ever looked up.
        environment.put("HTTPS_PROXY", "http://127.0.0.1:9");
        environment.put("HTTP_PROXY", "http://127.0.0.1:9");
        environment.put("NO_PROXY", "127.0.0.1");
        try {
            Process process = builder.start();
            process.getOutputStream().close();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return new Result(process.waitFor(), output);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
