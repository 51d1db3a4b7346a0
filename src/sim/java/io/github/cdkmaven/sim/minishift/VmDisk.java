package io.github.cdkmaven.sim.minishift;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The files of the VM as a user of it sees them. Who is not root writes to his own home and to {@code /tmp} only. The system
 * of minishift's ISO lives in memory: a boot brings everything back as it was, except what stands on the disk, which is
 * {@code /mnt/sda1} and what is mounted from it. A remote machine (generic driver) keeps all.
 */
final class VmDisk {

    static final String HOME = "/home/docker";
    static final String ROOTS_HOME = "/root";

    private static final List<String> PERSISTENT = List.of("/mnt/sda1", "/var/lib/docker", "/var/lib/minishift");
    private static final List<String> FREE = List.of(HOME, "/tmp", "/var/tmp", "/dev/null");
    /** Directories that the system brings. */
    private static final List<String> DIRECTORIES = List.of(
            "/etc/docker/certs.d",
            "/etc/pki/ca-trust/source/anchors",
            "/etc/pki/ca-trust/extracted/pem",
            "/etc/pki/tls/certs",
            "/etc/systemd/system",
            HOME,
            ROOTS_HOME,
            "/tmp",
            "/run",
            "/var/tmp",
            "/var/lib/docker",
            "/var/lib/minishift/base/openshift-apiserver",
            "/mnt/sda1");

    /** Why a file could not be had, in the words of the C library. */
    static final class DiskException extends Exception {
        private static final long serialVersionUID = 1L;

        DiskException(String why) {
            super(why);
        }
    }

    private final Session session;

    VmDisk(Session session) {
        this.session = session;
    }

    /** What a boot does to the disk of a VM. */
    static void boot(Vm vm) {
        for (Path file : vm.filesBelow("/")) {
            String path = "/" + vm.file("/").relativize(file).toString().replace('\\', '/');
            if (PERSISTENT.stream().noneMatch(kept -> path.startsWith(kept + "/"))) {
                delete(file);
            }
        }
    }

    private static void delete(Path file) {
        try {
            Files.delete(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    boolean isDirectory(String path) {
        String below = path.endsWith("/") ? path : path + "/";
        return path.equals("/")
                || DIRECTORIES.stream().anyMatch(known -> (known + "/").startsWith(below))
                || Files.isDirectory(session.vm().file(path));
    }

    boolean isFile(String path) {
        return BuiltInFiles.find(session, path).isPresent()
                || Files.isRegularFile(session.vm().file(path));
    }

    /** The bytes of a file, one to a character. */
    String read(String path, boolean root) throws DiskException {
        if (path.equals("/dev/null")) {
            return "";
        }
        if (!root && (path + "/").startsWith(ROOTS_HOME + "/")) {
            throw new DiskException("Permission denied");
        }
        if (isDirectory(path)) {
            throw new DiskException("Is a directory");
        }
        Path file = session.vm().file(path);
        if (!Files.exists(file)) {
            Optional<String> builtIn = BuiltInFiles.find(session, path);
            if (builtIn.isPresent()) {
                return builtIn.get();
            }
            throw new DiskException("No such file or directory");
        }
        try {
            return Files.readString(file, StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void write(String path, String content, boolean root) throws DiskException {
        if (path.equals("/dev/null")) {
            return;
        }
        checkWritable(path, root);
        if (isDirectory(path)) {
            throw new DiskException("Is a directory");
        }
        if (!isDirectory(parent(path))) {
            throw new DiskException("No such file or directory");
        }
        try {
            Path file = session.vm().file(path);
            Files.createDirectories(file.getParent());
            Files.writeString(file, content, StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void makeDirectory(String path, boolean parents, boolean root) throws DiskException {
        if (isDirectory(path)) {
            if (!parents) {
                throw new DiskException("File exists");
            }
            return;
        }
        checkWritable(path, root);
        if (!parents && !isDirectory(parent(path))) {
            throw new DiskException("No such file or directory");
        }
        if (isFile(path)) {
            throw new DiskException(parents ? "Not a directory" : "File exists");
        }
        try {
            Files.createDirectories(session.vm().file(path));
        } catch (IOException e) {
            throw new DiskException("Not a directory");
        }
    }

    void remove(String path, boolean recursive, boolean root) throws DiskException {
        if (!isFile(path) && !isDirectory(path)) {
            throw new DiskException("No such file or directory");
        }
        checkWritable(path, root);
        if (isDirectory(path) && !recursive) {
            throw new DiskException("Is a directory");
        }
        try {
            Home.deleteTree(session.vm().file(path));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Names in a directory, sorted. */
    List<String> list(String path) throws DiskException {
        if (!isDirectory(path)) {
            throw new DiskException("No such file or directory");
        }
        Path folder = session.vm().file(path);
        try (Stream<Path> entries = Files.isDirectory(folder) ? Files.list(folder) : Stream.empty()) {
            return entries.map(entry -> entry.getFileName().toString()).sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void checkWritable(String path, boolean root) throws DiskException {
        if (!root && FREE.stream().noneMatch(free -> (path + "/").startsWith(free + "/"))) {
            throw new DiskException("Permission denied");
        }
    }

    private static String parent(String path) {
        return path.substring(0, Math.max(1, path.lastIndexOf('/')));
    }
}
