package io.github.cdkmaven.benchmark;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Runs {@code cdk:imagestreams} as somebody does at a prompt: in a Maven that has only just started, without a project. */
final class FreshMaven {

    private final Path folder;

    /** @param folder for what it reads and writes */
    FreshMaven(Path folder) {
        this.folder = folder;
    }

    /**
     * Moves the streams of a cluster.
     *
     * @return what the report's summary says, and the processor time of all of Maven
     */
    Timed move(String kubeconfig, String registry) throws IOException, InterruptedException {
        Path file = Files.writeString(folder.resolve("kubeconfig.yaml"), kubeconfig);
        Path settings = Files.writeString(
                folder.resolve("settings.xml"),
                Files.readString(Path.of("it/settings.xml"))
                        .replace(
                                "@localRepositoryUrl@",
                                TimedProcess.path("benchmark.downloaded")
                                        .toUri()
                                        .toString()));
        List<String> command = new ArrayList<>(List.of(
                TimedProcess.path("maven.home").resolve("bin/mvn").toString(),
                "--batch-mode",
                "--offline",
                "--settings",
                settings.toString(),
                // Offline, Maven still reads the repository on this disk that the settings name.
                "-Daether.offline.protocols=file",
                "-Dmaven.repo.local=" + TimedProcess.path("benchmark.repository"),
                "-Dcdk.kubeconfig=" + file,
                "-Dcdk.registry=" + registry,
                "-Dcdk.registryInsecure",
                "-Dcdk.reportDirectory=" + folder.resolve("report"),
                System.getProperty("benchmark.plugin") + ":imagestreams"));
        double cpu = TimedProcess.run(folder, command);
        JsonNode summary = new ObjectMapper()
                .readTree(folder.resolve("report/imagestreams/report.json").toFile())
                .path("summary");
        return new Timed(summary.path("seconds").asDouble(), cpu, summary);
    }
}
