package io.github.cdkmaven.process;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.UUID;

/** Writes a file whole or not at all: a reader sees the old content or the new one, never a part. Text is written in UTF-8. */
public final class AtomicFile {

    private AtomicFile() {}

    /** What goes into the file. */
    @FunctionalInterface
    public interface Content {
        void writeTo(Writer out) throws IOException;
    }

    @FunctionalInterface
    private interface Bytes {
        void writeTo(OutputStream out) throws IOException;
    }

    /** Writes a file that others may read as far as this user's umask lets them: a CI server has to read reports. */
    public static void write(Path file, Content content) throws IOException {
        // The writer's own encoder puts '?' for a lone surrogate where Files.newBufferedWriter would fail.
        replace(file, out -> {
            Writer writer = new BufferedWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8));
            content.writeTo(writer);
            writer.flush();
        });
    }

    /**
     * Writes a file that may hold secrets. On POSIX file systems nobody else may read it, not even for a moment. Windows gives a file the
     * permissions of its folder: in the user's profile, that is the user, administrators and the system.
     */
    public static void writePrivate(Path file, String text) throws IOException {
        writePrivate(file, text.getBytes(StandardCharsets.UTF_8));
    }

    /** The same for bytes. */
    public static void writePrivate(Path file, byte[] content) throws IOException {
        replace(file, out -> out.write(content), ownersAlone(file));
    }

    /** Begins a file anew which grows while it is read, and which nobody else may read. */
    static BufferedWriter privateWriter(Path file) throws IOException {
        FileAttribute<?>[] mine = ownersAlone(file);
        Files.deleteIfExists(file); // it may have been readable
        Files.createFile(file, mine);
        return new BufferedWriter(new OutputStreamWriter(Files.newOutputStream(file), StandardCharsets.UTF_8));
    }

    private static FileAttribute<?>[] ownersAlone(Path file) throws IOException {
        Path folder = Files.createDirectories(file.toAbsolutePath().getParent());
        boolean posix = Files.getFileStore(folder).supportsFileAttributeView("posix");
        FileAttribute<?>[] mine = {PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))};
        return posix ? mine : new FileAttribute<?>[0];
    }

    private static void replace(Path file, Bytes content, FileAttribute<?>... attributes) throws IOException {
        Path target = file.toAbsolutePath();
        Path folder = Files.createDirectories(target.getParent());
        Path copy = folder.resolve("." + target.getFileName() + "." + UUID.randomUUID() + ".tmp");
        try {
            Files.createFile(copy, attributes);
            // A channel of our own would refuse to write for a thread that was interrupted, which has to report that.
            try (OutputStream out = Files.newOutputStream(copy)) {
                content.writeTo(out);
            }
            moveOver(copy, target);
        } finally {
            Files.deleteIfExists(copy);
        }
    }

    private static void moveOver(Path copy, Path target) throws IOException {
        try {
            Files.move(copy, target, StandardCopyOption.ATOMIC_MOVE);
        } catch (AtomicMoveNotSupportedException e) {
            Files.move(copy, target, StandardCopyOption.REPLACE_EXISTING);
        }
    }
}
