package io.github.cdkmaven.preflight;

import io.github.cdkmaven.registry.Registry;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** A preflight of one image in a JVM of its own, whose settings of proxies and of names are no other test's. Arguments: the registry, its CA. */
public final class LookAtRegistry {

    private LookAtRegistry() {}

    public static void main(String[] args) throws IOException {
        Registry access = Registry.to(args[0]);
        OneImagePreflight.of(
                        args[1].isEmpty() ? access : access.withCa(Path.of(args[1])),
                        "a/b:1",
                        Files.createTempDirectory("look"))
                .forEach(check -> System.out.println(check.outcome() + " " + check.id() + " " + check.toLine() + " "
                        + check.fix().orElse("")));
    }

    /** What it says, a line for each check. */
    static List<String> in(List<String> jvmOptions, String registry, String ca) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(jvmOptions);
        command.addAll(
                List.of("-cp", System.getProperty("java.class.path"), LookAtRegistry.class.getName(), registry, ca));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        try (BufferedReader output = process.inputReader(StandardCharsets.UTF_8)) {
            return output.lines().collect(Collectors.toList());
        }
    }
}
