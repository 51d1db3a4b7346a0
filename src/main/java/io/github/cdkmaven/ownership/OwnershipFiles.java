package io.github.cdkmaven.ownership;

import io.github.cdkmaven.engine.Machine;
import io.github.cdkmaven.problem.Problem;
import io.github.cdkmaven.process.UserFolder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.UUID;

/**
 * Where builds of one machine agree on the VM of a profile: a folder in the engine's home, so that it is the same for every module of every
 * project, and no {@code mvn clean} reaches it.
 *
 * @param folder the folder
 * @param profile the profile
 * @param only whether a user can have no other VM
 */
public record OwnershipFiles(Path folder, String profile, boolean only) {

    /** The folder's name in the home. */
    public static final String FOLDER = "cdk-maven-plugin";

    /** Those of a VM that a profile has. */
    public OwnershipFiles(Path folder, String profile) {
        this(folder, profile, false);
    }

    /** Those of a profile in the home in force. */
    public static OwnershipFiles of(Machine machine) {
        return new OwnershipFiles(
                machine.home().toAbsolutePath().normalize().resolve(FOLDER), machine.name(), machine.isOnly());
    }

    /** The end of an advice: how else a build gets a VM; nothing where a user has only one. */
    String orAnother() {
        return only ? "" : "; or give this build its own VM: <profile> or <home> (-Dcdk.profile=…, -Dcdk.home=…)";
    }

    /**
     * What builds agree by while there is no home yet: a CDK's own set-up wants it not to be there.
     *
     * @throws io.github.cdkmaven.problem.ProblemException if the account's home cannot be written to
     */
    public static OwnershipFiles beforeSetUp(Machine machine, Path accountHome) {
        byte[] home = machine.home().toAbsolutePath().normalize().toString().getBytes(StandardCharsets.UTF_8);
        return new OwnershipFiles(
                UserFolder.create(accountHome).resolve("setup-" + UUID.nameUUIDFromBytes(home)), machine.name());
    }

    /** Who started the VM and who uses it. */
    public VmRecordFile record() {
        return new VmRecordFile(folder.resolve(profile + ".json"));
    }

    /** What is locked. Nothing is ever written to it. */
    public Path lock() {
        return folder.resolve(profile + ".lock");
    }

    /** Who holds the lock, for those that wait. */
    public Path holder() {
        return folder.resolve(profile + ".holder.json");
    }

    /** A file for each build that waits to use the VM. */
    public Path waiting() {
        return folder.resolve(profile + ".waiting");
    }

    /**
     * Makes the folder.
     *
     * @throws io.github.cdkmaven.problem.ProblemException if it cannot be made
     */
    public void create() {
        try {
            Files.createDirectories(folder.toAbsolutePath().getParent());
            if (!Files.isDirectory(folder)) {
                Files.createDirectories(folder);
                if (Files.getFileStore(folder).supportsFileAttributeView("posix")) {
                    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
                }
            }
        } catch (IOException e) {
            throw Problem.of(
                            "The folder cannot be written to: " + folder.getParent(),
                            "let this user write to it" + orAnother())
                    .with(e.toString())
                    .toException(e);
        }
    }
}
