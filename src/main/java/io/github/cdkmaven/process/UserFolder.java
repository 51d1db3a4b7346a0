package io.github.cdkmaven.process;

import io.github.cdkmaven.problem.Problem;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipal;
import java.util.Optional;
import java.util.Set;

/**
 * The folder {@value #NAME} in the home of an account, for what builds of that account share and nobody else may read, hold or plant. A
 * common temporary folder is no place for such files: their names can be guessed.
 */
public final class UserFolder {

    /** The folder's name in the home. */
    public static final String NAME = ".cdk-maven-plugin";

    private static final Set<PosixFilePermission> MINE = PosixFilePermissions.fromString("rwx------");

    private UserFolder() {}

    /**
     * The home that counts: HOME, as the programs follow it that a build runs; it differs from the JVM's {@code user.home} under sudo and
     * on some build servers. Windows has no HOME.
     *
     * @param home the environment variable, absent where it is not set
     * @param userHome the system property
     */
    public static Path accountHome(Optional<String> home, String userHome) {
        boolean windows = System.getProperty("os.name").startsWith("Windows");
        return home.filter(value -> !windows && !value.isBlank()).map(Path::of).orElseGet(() -> Path.of(userHome));
    }

    /** Where the folder is, whether it was made or not. */
    public static Path in(Path accountHome) {
        return accountHome.toAbsolutePath().normalize().resolve(NAME);
    }

    /**
     * The folder, made where it is missing.
     *
     * @throws io.github.cdkmaven.problem.ProblemException if it cannot be made, or is not this user's
     */
    public static Path create(Path accountHome) {
        Path folder = in(accountHome);
        try {
            make(folder);
            if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
                throw new IOException("it is a link, or not a folder");
            }
            if (isPosix(folder)) {
                requireOwn(folder);
            }
            return folder;
        } catch (IOException | UnsupportedOperationException e) {
            throw Problem.of(
                            "The folder " + folder + " cannot be used.",
                            "let this user write to " + folder.getParent() + ", and remove " + folder
                                    + " if somebody else created it; or run the build with HOME set to a folder of this user")
                    .with(e.toString())
                    .toException(e);
        }
    }

    /** What root writes for a user, by sudo, belongs to that user; else their next build could not use it. */
    public static void handOver(Path file) {
        try {
            UserPrincipal owner = Files.getOwner(file.toAbsolutePath().getParent());
            if (!Files.getOwner(file).equals(owner)) {
                Files.setOwner(file, owner);
            }
        } catch (IOException | UnsupportedOperationException e) {
            // Not root: there is nothing to hand over.
        }
    }

    private static void make(Path folder) throws IOException {
        if (Files.exists(folder, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        try {
            if (isPosix(folder.getParent())) {
                Files.createDirectory(folder, PosixFilePermissions.asFileAttribute(MINE));
            } else {
                Files.createDirectory(folder);
            }
            handOver(folder);
        } catch (FileAlreadyExistsException e) {
            // Another build was quicker.
        }
    }

    private static void requireOwn(Path folder) throws IOException {
        UserPrincipal owner = Files.getOwner(folder, LinkOption.NOFOLLOW_LINKS);
        if (!owner.equals(Files.getOwner(folder.getParent())) && !owner.equals(ownerOfNew(folder))) {
            throw new IOException("it belongs to " + owner.getName());
        }
        if (!Files.getPosixFilePermissions(folder, LinkOption.NOFOLLOW_LINKS).equals(MINE)) {
            Files.setPosixFilePermissions(folder, MINE);
        }
    }

    /** This user, told by what they make, since a user in a container may have no name. */
    private static UserPrincipal ownerOfNew(Path folder) throws IOException {
        Path probe = Files.createTempFile(folder, "owner", ".tmp");
        try {
            return Files.getOwner(probe);
        } finally {
            Files.delete(probe);
        }
    }

    private static boolean isPosix(Path path) throws IOException {
        return Files.getFileStore(path).supportsFileAttributeView("posix");
    }
}
