package io.github.cdkmaven.sim;

import io.github.cdkmaven.sim.minishift.Main;
import io.github.cdkmaven.sim.minishift.World;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.stream.Collectors;

/** Writes the executables {@code minishift} and {@code oc}, or {@code crc} and what goes with it. */
final class Launchers {

    private final World world;

    Launchers(World world) {
        this.world = world;
    }

    void write() throws IOException {
        Files.createDirectories(world.bin());
        write("minishift", "minishift");
        writeOc(world.openshift());
    }

    /** Writes {@code oc} of a version. */
    void writeOc(String version) throws IOException {
        Files.createDirectories(world.bin());
        write("oc", "oc:" + version);
    }

    /**
     * Writes {@code crc}, an {@code ssh} that knows the node of its VM, and {@code oc}, for which the VM's names resolve.
     *
     * @param hosts what stands for the hosts file, into which a real crc writes
     */
    void writeCrc(String openshift, Path hosts) throws IOException {
        Files.createDirectories(world.bin());
        write("crc", "crc");
        write("ssh", "ssh");
        write("oc", "oc:" + openshift, quoted("-Djdk.net.hosts.file=" + hosts) + " ");
    }

    private void write(String name, String program) throws IOException {
        write(name, program, "");
    }

    /** @param options of the JVM, with a blank at their end */
    private void write(String name, String program, String options) throws IOException {
        String java = world.java().stream().map(Launchers::quoted).collect(Collectors.joining(" "));
        String command =
                java + " -Xmx128m " + options + Main.class.getName() + " " + quoted(world.root().toString()) + " " + program;
        Path script = world.bin().resolve(name);
        String begin = Main.hasShortCommands(program) ? ProgramServer.script(world.root(), program) : "#!/bin/sh\n";
        Files.writeString(script, begin + "exec " + command + " \"$@\"\n");
        if (Files.getFileStore(script).supportsFileAttributeView("posix")) {
            Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwxr-xr-x"));
        }
        Files.writeString(world.bin().resolve(name + ".cmd"), "@" + command + " %*\r\n");
    }

    private static String quoted(String text) {
        return "\"" + text + "\"";
    }
}
