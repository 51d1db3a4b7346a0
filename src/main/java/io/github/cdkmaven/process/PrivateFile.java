package io.github.cdkmaven.process;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;

/**
 * Writes files that hold secrets. On POSIX file systems nobody else may read them, not even for a moment. Windows gives a file the
 * permissions of its folder: in the user's profile, that is the user, administrators and the system.
 */
public final class PrivateFile {

    private PrivateFile() {}

    /** Writes a file whole or not at all. A write that fails leaves nothing behind. */
    public static void write(Path file, String text) throws IOException {
        write(file, text.getBytes(StandardCharsets.UTF_8));
    }

    /** The same for bytes. */
    public static void write(Path file, byte[] content) throws IOException {
        Path folder = file.toAbsolutePath().getParent();
        Files.createDirectories(folder);
        FileAttribute<?>[] mine = Files.getFileStore(folder).supportsFileAttributeView("posix")
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
                }
                : new FileAttribute<?>[0];
        Path copy = Files.createTempFile(folder, file.getFileName().toString(), ".tmp", mine);
        try {
            Files.write(copy, content);
            Files.move(copy, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(copy); // there is none any more where all went well
        }
    }
}
