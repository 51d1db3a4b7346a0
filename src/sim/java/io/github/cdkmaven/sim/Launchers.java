package io.github.cdkmaven.sim;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/** Writes the executables {@code minishift} and {@code oc}. */
final class Launchers {

    private static final String MAIN = "io.github.cdkmaven.sim.minishift.Main";

    private final Path folder;
    private final String classPath;

    Launchers(Path folder, String classPath) {
        this.folder = folder;
        this.classPath = classPath;
    }

    void write(String openshift) throws IOException {
        Files.createDirectories(folder.resolve("bin"));
        write("minishift", "minishift");
        write("oc", "oc:" + openshift);
    }

    private void write(String name, String program) throws IOException {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        String command = quoted(java) + " -XX:TieredStopAtLevel=1 -XX:+UseSerialGC -Xshare:auto -Xmx128m -cp "
                + quoted(classPath) + " " + MAIN + " " + quoted(folder.toString()) + " " + program;
        Path script = folder.resolve("bin").resolve(name);
        Files.writeString(script, "#!/bin/sh\nexec " + command + " \"$@\"\n");
        if (Files.getFileStore(script).supportsFileAttributeView("posix")) {
            Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwxr-xr-x"));
        }
        Files.writeString(folder.resolve("bin").resolve(name + ".cmd"), "@" + command + " %*\r\n");
    }

    private static String quoted(String text) {
        return "\"" + text + "\"";
    }
}
