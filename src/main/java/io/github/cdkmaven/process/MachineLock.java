package io.github.cdkmaven.process;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/**
 * A lock that one build of this machine has at a time; the operating system gives it up for a build that was killed.
 *
 * <p>Within one JVM the modules of {@code -T} take turns by an entry in the system properties, and only who has it opens the lock's file:
 * closing any channel of a file gives up all locks that the JVM has on it (see {@link FileLock}), and modules need not share classes, so that
 * static state would not be common to them.
 */
public final class MachineLock implements AutoCloseable {

    private static final Duration POLL = Duration.ofMillis(100);

    private static final Set<OpenOption> OPTIONS = Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    private static final Set<PosixFilePermission> OTHERS = PosixFilePermissions.fromString("------rwx");

    private final String turn;
    private final FileChannel channel;

    private MachineLock(String turn, FileChannel channel) {
        this.turn = turn;
        this.channel = channel;
    }

    /**
     * Takes the lock if nobody has it.
     *
     * @param file what is locked, in a folder that exists; nothing is written to it
     * @param holder who wants it, for others of this JVM
     * @throws IOException if the file cannot be written to, or its disk knows no locks
     */
    public static Optional<MachineLock> tryTake(Path file, String holder) throws IOException {
        String turn = turn(file);
        if (System.getProperties().putIfAbsent(turn, holder) != null) {
            return Optional.empty();
        }
        Optional<MachineLock> lock = Optional.empty();
        try {
            lock = open(turn, file);
        } finally {
            if (lock.isEmpty()) {
                System.clearProperty(turn);
            }
        }
        return lock;
    }

    /**
     * Takes the lock as soon as nobody has it any more.
     *
     * @return empty if others have it until the time is over
     * @throws IOException if the file cannot be written to, its disk knows no locks, or this thread was interrupted
     */
    public static Optional<MachineLock> take(Path file, String holder, Deadline deadline) throws IOException {
        Optional<MachineLock> lock = tryTake(file, holder);
        while (lock.isEmpty() && !deadline.isOver()) {
            Retry.Pause.real().sleep(POLL);
            lock = tryTake(file, holder);
        }
        return lock;
    }

    private static Optional<MachineLock> open(String turn, Path file) throws IOException {
        FileChannel channel = FileChannel.open(file, OPTIONS, withoutOthers(file));
        boolean taken = false;
        try {
            taken = tryLock(channel);
            return taken ? Optional.of(new MachineLock(turn, channel)) : Optional.empty();
        } finally {
            if (!taken) {
                channel.close();
            }
        }
    }

    /** Who may open a file, may lock it: other accounts may not. A group that shares a folder may, as its umask has it. */
    private static FileAttribute<?>[] withoutOthers(Path file) throws IOException {
        PosixFileAttributeView folder =
                Files.getFileAttributeView(file.toAbsolutePath().getParent(), PosixFileAttributeView.class);
        if (folder == null) {
            return new FileAttribute<?>[0];
        }
        if (Files.exists(file)) {
            Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(file);
            if (permissions.removeAll(OTHERS)) {
                Files.setPosixFilePermissions(file, permissions);
            }
        }
        return new FileAttribute<?>[] {
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-rw----"))
        };
    }

    private static boolean tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock() != null;
        } catch (OverlappingFileLockException e) {
            return false;
        }
    }

    /**
     * Who of this JVM has the lock.
     *
     * @throws IOException if there is no such folder
     */
    public static Optional<String> holderHere(Path file) throws IOException {
        return Optional.ofNullable(System.getProperty(turn(file)));
    }

    private static String turn(Path file) throws IOException {
        return "cdk-maven-plugin.turn:"
                + file.toAbsolutePath().getParent().toRealPath().resolve(file.getFileName());
    }

    /** Gives it up. */
    @Override
    public void close() throws IOException {
        try {
            channel.close();
        } finally {
            System.clearProperty(turn);
        }
    }
}
