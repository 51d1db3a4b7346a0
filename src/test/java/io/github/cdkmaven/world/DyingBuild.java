package io.github.cdkmaven.world;

import io.github.cdkmaven.sim.SimulatedCdk;
import io.github.cdkmaven.sim.registry.Fault;
import io.github.cdkmaven.sim.registry.SimulatedRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** One site and the builds on it, of which one is ended at a point of its life. */
final class DyingBuild implements AutoCloseable {

    /** Where a build is when it is ended. */
    enum Point {
        PREFLIGHT,
        BOOT,
        MOVE,
        TESTS,
        STOP
    }

    private static final String IMAGE = "rhscl/redis-32-rhel7";

    private final DyingBuilds all;
    private final Path folder;
    private final SimulatedRegistry registry = SimulatedRegistry.start();
    private final SimulatedCdk cdk;
    private int projects;

    DyingBuild(DyingBuilds all, String name, Point point) {
        this.all = all;
        this.folder = all.folder().resolve(name);
        this.cdk = SimulatedCdk.in(folder.resolve("site"))
                .pacing(false)
                .startSeconds(point == Point.BOOT ? 6 : 0)
                .stopSeconds(point == Point.STOP ? 4 : 0)
                .create();
        new Mirror(registry).catalogue(cdk.openshift()).defaultImageStreams();
    }

    SimulatedCdk cdk() {
        return cdk;
    }

    /** A person starts the VM by hand, with the same settings. */
    void startByHand() {
        new Site(cdk, registry, folder.resolve("by-hand"))
                .build("by-hand", false)
                .start();
    }

    /** A build that is not disturbed. */
    BuildProcess begin(Point point) {
        Path project = all.copyOf(point == Point.TESTS ? "" : "quick", folder.resolve("project-" + projects++));
        Map<String, String> properties = new LinkedHashMap<>();
        properties.put("cdk.minishift", cdk.minishift().toString());
        properties.put("cdk.home", cdk.home().toString());
        properties.put("cdk.registry", registry.host());
        properties.put("cdk.registryInsecure", "true");
        properties.put("cdk.skipVerify", "true");
        properties.put("cdk.skipPreflight", Boolean.toString(point != Point.PREFLIGHT));
        return BuildProcess.maven(project, cdk.accountHome(), all.localRepository(), all.settings(), properties);
    }

    /** A build that is ended when it has come to a point; returns when it is gone. */
    BuildProcess end(Point point, BuildProcess.Signal signal) {
        if (point == Point.PREFLIGHT) {
            registry.inject(Fault.hang(), 1, request -> true);
        } else if (point == Point.MOVE) {
            registry.inject(Fault.hang(), 1, request -> request.path().contains(IMAGE));
        }
        registry.clearRequests();
        BuildProcess build = begin(point);
        switch (point) {
            case PREFLIGHT ->
                build.await(
                        "a request to the registry", () -> !registry.requests().isEmpty());
            case BOOT -> build.await("the VM", () -> cdk.status().contains("Minishift:  Running"));
            case MOVE ->
                build.await("the import", () -> registry.requests().stream()
                        .anyMatch(request -> request.path().contains(IMAGE)));
            case TESTS -> build.awaitText("The tests are running");
            case STOP -> build.await("minishift stop", () -> life().contains("stop"));
        }
        build.send(signal);
        build.end();
        return build;
    }

    /** What is left of the VM, of its cluster and of programs; minishift's export of images outlives it by nature, and no VM with it. */
    List<String> leftOver() {
        // minishift's export of images in the background outlives every build; what has no command any more has just
        // ended.
        Stream<String> vm = cdk.status().contains("Minishift:  Running") ? Stream.of(cdk.status()) : Stream.of();
        Stream<String> processes = cdk.livingProcesses().stream()
                .flatMap(pid -> ProcessHandle.of(pid).stream())
                .filter(process -> process.info()
                        .command()
                        .filter(command -> !command.endsWith("/sleep"))
                        .isPresent())
                .map(process -> "process " + process.pid() + " "
                        + process.info().commandLine().orElse(""));
        return Stream.concat(vm, processes).toList();
    }

    /** How often the VM was started and stopped. */
    List<String> life() {
        return cdk.journal().minishiftCalls().stream()
                .map(call -> call.replaceFirst("^--profile \\S+ ", "").replaceFirst(" .*", ""))
                .filter(call -> call.equals("start") || call.equals("stop"))
                .toList();
    }

    @Override
    public void close() {
        cdk.close();
        registry.close();
    }

    static void copy(Path from, Path to) {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.toList()) {
                Path target = to.resolve(from.relativize(file).toString());
                if (Files.isDirectory(file)) {
                    Files.createDirectories(target);
                } else {
                    Files.copy(file, target);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
