package io.github.cdkmaven.process;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ends a process and everything that it started.
 *
 * <p>A process whose parent has gone descends from nobody any more. On Linux it is found by a variable of its environment, which every
 * command gets and hands down. Hypervisors are spared: they hold other VMs too, and theirs is stopped by minishift.
 */
public final class ProcessTree {

    /** The variable that tells what one command started; its value is the command's own. */
    static final String MARK = "CDK_MAVEN_PLUGIN_COMMAND";

    private static final Logger LOG = LoggerFactory.getLogger(ProcessTree.class);
    private static final Duration GRACE = Duration.ofSeconds(5);
    private static final List<String> HYPERVISORS = List.of("VBox", "qemu", "hyperkit", "xhyve", "libvirt", "virt");

    private ProcessTree() {}

    /** Ends it: politely first, then for good. */
    public static void end(ProcessHandle process) {
        Optional<String> mark = mark(process.pid());
        List<ProcessHandle> tree = tree(process, mark);
        tree.forEach(ProcessHandle::destroy);
        CompletableFuture<?>[] exits = tree.stream().map(ProcessHandle::onExit).toArray(CompletableFuture<?>[]::new);
        try {
            CompletableFuture.allOf(exits).get(GRACE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (java.util.concurrent.ExecutionException | java.util.concurrent.TimeoutException e) {
            LOG.debug("Not all processes ended within {}; killing them", GRACE, e);
        }
        tree.forEach(ProcessHandle::destroyForcibly);
        tree(process, mark).forEach(ProcessHandle::destroyForcibly); // what was started meanwhile
    }

    private static List<ProcessHandle> tree(ProcessHandle process, Optional<String> mark) {
        Stream<ProcessHandle> lost = mark.isEmpty()
                ? Stream.empty()
                : ProcessHandle.allProcesses()
                        .filter(other -> mark(other.pid()).equals(mark))
                        .filter(other -> !isHypervisor(other));
        return Stream.of(Stream.of(process), process.descendants(), lost)
                .flatMap(part -> part)
                .distinct()
                .toList();
    }

    private static boolean isHypervisor(ProcessHandle process) {
        String name = process.info()
                .command()
                .map(command -> Path.of(command).getFileName().toString())
                .orElse("");
        return HYPERVISORS.stream().anyMatch(name::startsWith);
    }

    /** The mark of a process; empty where there is none, or none that may be read. */
    private static Optional<String> mark(long pid) {
        Path environment = Path.of("/proc", Long.toString(pid), "environ");
        if (!Files.isReadable(environment)) {
            return Optional.empty();
        }
        try {
            String text = new String(Files.readAllBytes(environment), StandardCharsets.ISO_8859_1);
            return Stream.of(text.split("\0"))
                    .filter(line -> line.startsWith(MARK + "="))
                    .findFirst();
        } catch (IOException e) {
            return Optional.empty(); // has ended
        }
    }
}
