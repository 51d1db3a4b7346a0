package io.github.cdkmaven.sim;

import io.github.cdkmaven.sim.minishift.World;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.stream.Collectors;

/** Writes the executables {@code minishift} and {@code oc}. */
final class Launchers {

    private static final String MAIN = "io.github.cdkmaven.sim.minishift.Main";

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

    private void write(String name, String program) throws IOException {
        String java = world.java().stream().map(Launchers::quoted).collect(Collectors.joining(" "));
        String command =
                java + " -Xmx128m " + MAIN + " " + quoted(world.root().toString()) + " " + program;
        Path script = world.bin().resolve(name);
        Files.writeString(script, "#!/bin/sh\nexec " + command + " \"$@\"\n");
        if (Files.getFileStore(script).supportsFileAttributeView("posix")) {
            Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwxr-xr-x"));
        }
        Files.writeString(world.bin().resolve(name + ".cmd"), "@" + command + " %*\r\n");
    }

    private static String quoted(String text) {
        return "\"" + text + "\"";
    }
}
