package io.github.cdkmaven.mirror;

import io.github.cdkmaven.problem.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * Writes the files from which images are mirrored, the same bytes for the same images: a list, a mapping for {@code oc}, and YAML and scripts
 * for {@code skopeo}; and the same for those alone that the registry lacks.
 */
public final class MirrorFiles {

    private static final String MISSING = "missing.";

    private final Path directory;
    private final String openshift;
    private final boolean insecure;

    /**
     * Files in a directory, which is made when something is written.
     *
     * @param openshift for which OpenShift the images are, in words
     * @param insecure whether the registry speaks plain HTTP, or shows a certificate that nobody vouches for
     */
    public MirrorFiles(Path directory, String openshift, boolean insecure) {
        this.directory = directory;
        this.openshift = openshift;
        this.insecure = insecure;
    }

    /** All images of a plan. */
    public void write(MirrorPlan plan) {
        write(plan, "", "images.txt", "Images that " + openshift + " needs.");
    }

    /** The images that the registry lacks; older files about them go when it lacks none. */
    public void writeMissing(MirrorPlan missing) {
        if (missing.isEmpty()) {
            guard(this::removeMissing);
        } else {
            write(
                    missing,
                    MISSING,
                    MISSING + "txt",
                    "Images that " + openshift + " needs and that the registry does not hold as it should.");
        }
    }

    /** What the registry holds, with digests. */
    public void writeLock(Inventory inventory) {
        guard(() -> put("images.lock", ImageLock.text(inventory, "Images that " + openshift + " needs.")));
    }

    private void write(MirrorPlan plan, String prefix, String list, String what) {
        String mapping = prefix + "mapping.txt";
        String copy = prefix + "skopeo-copy.sh";
        String sync = prefix + "skopeo-sync.sh";
        String folder = prefix + "skopeo-sync";
        SkopeoSync files = new SkopeoSync(plan, what, folder, insecure);
        guard(() -> {
            put(list, ImageList.text(plan, what));
            put(mapping, OcMapping.text(plan, what, mapping, insecure));
            put(copy, SkopeoCopy.text(plan, what, copy, insecure));
            put(sync, files.script(sync));
            removeYamls(folder);
            for (var yaml : files.yamls().entrySet()) {
                put(folder + "/" + yaml.getKey(), yaml.getValue());
            }
        });
    }

    private void put(String name, String text) throws IOException {
        Path file = directory.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    private void removeYamls(String folder) throws IOException {
        Path yamls = directory.resolve(folder);
        if (Files.isDirectory(yamls)) {
            try (Stream<Path> files = Files.list(yamls)) {
                for (Path file :
                        files.filter(name -> name.toString().endsWith(".yaml")).toList()) {
                    Files.delete(file);
                }
            }
        }
    }

    private void removeMissing() throws IOException {
        removeYamls(MISSING + "skopeo-sync");
        for (String name : List.of("txt", "mapping.txt", "skopeo-copy.sh", "skopeo-sync.sh", "skopeo-sync")) {
            Files.deleteIfExists(directory.resolve(MISSING + name));
        }
    }

    private interface Writing {
        void run() throws IOException;
    }

    private void guard(Writing writing) {
        try {
            writing.run();
        } catch (IOException e) {
            throw Problem.of(
                            "The lists of images could not be written to " + directory + ".",
                            "<reportDirectory> (-Dcdk.reportDirectory) with a folder that can be written to")
                    .with(e.toString())
                    .toException(e);
        }
    }
}
