package io.github.cdkmaven.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** What only root can try: a disk without room, and what another account of the machine sees. */
public final class Root {

    private Root() {}

    /** Whether this is root on Linux, with the programs needed; a build that requires it fails without. */
    public static boolean available() {
        boolean found = "root".equals(System.getProperty("user.name"))
                && Files.isDirectory(Path.of("/proc/self"))
                && Stream.of("setpriv", "mount", "umount").allMatch(Root::isOnPath);
        if (!found && "true".equals(System.getenv("CDK_REQUIRE_ROOT"))) {
            throw new IllegalStateException(
                    "this is not root with setpriv, mount and umount, and CDK_REQUIRE_ROOT asks for it");
        }
        return found;
    }

    private static boolean isOnPath(String program) {
        return Stream.of(System.getenv("PATH").split(":"))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
    }

    /** What another account gets when it runs a script: its output, and its exit status as the last line. */
    public static List<String> asNobody(String script, Object... arguments) {
        List<String> command = new ArrayList<>(List.of(
                "setpriv", "--reuid=65534", "--regid=65534", "--clear-groups", "sh", "-c", script + "\necho $?", "sh"));
        Stream.of(arguments).map(Object::toString).forEach(command::add);
        return run(command);
    }

    /** A folder with so much room and no more, until it is closed. */
    public static AutoCloseable smallDisk(Path folder, String size) {
        run(List.of("mount", "-t", "tmpfs", "-o", "size=" + size, "tmpfs", folder.toString()));
        return () -> run(List.of("umount", "--lazy", folder.toString()));
    }

    private static List<String> run(List<String> command) {
        try {
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(process.waitFor()).as(command + ": " + out).isZero();
            return out.lines().toList();
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
