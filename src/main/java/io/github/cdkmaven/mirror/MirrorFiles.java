package io.github.cdkmaven.mirror;

import io.github.cdkmaven.image.ImageReference;
import io.github.cdkmaven.problem.Problem;
import io.github.cdkmaven.process.AtomicFile;
import io.github.cdkmaven.registry.ManifestAnswer;
import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes the files from which images are mirrored, the same bytes for the same images: a list, a mapping for {@code oc}, and YAML and scripts
 * for {@code skopeo}; and the same for those alone that the registry lacks.
 */
public final class MirrorFiles {

    private static final Logger LOG = LoggerFactory.getLogger(MirrorFiles.class);

    private static final String MISSING = "missing.";
    private static final String LOCK = "images.lock";

    private final Path directory;
    private final String openshift;
    private final boolean insecure;
    private final String processor;

    /**
     * Files in a directory, which is made when something is written.
     *
     * @param openshift for which OpenShift the images are, in words
     * @param insecure whether the registry speaks plain HTTP, or shows a certificate that nobody vouches for
     * @param processor which image of a list of them is copied: {@code amd64}, {@code arm64}
     */
    public MirrorFiles(Path directory, String openshift, boolean insecure, String processor) {
        this.directory = directory;
        this.openshift = openshift;
        this.insecure = insecure;
        this.processor = processor;
    }

    /** Removes what an earlier run found in the registry, which may hold other images by now. */
    public static void forgetFindings(Path directory) {
        guard(directory, () -> {
            removeMissing(directory);
            Files.deleteIfExists(directory.resolve(LOCK));
        });
    }

    /**
     * All images of a plan. What an earlier run found in the registry goes, since it is of another list and of another time.
     *
     * @return the names of the files and folders that were written
     */
    public List<String> write(MirrorPlan plan) {
        forgetFindings(directory);
        return write(plan, "", "images.txt", "Images that " + openshift + " needs.");
    }

    /**
     * The images that the registry lacks, where it lacks any; what an earlier run found missing is gone.
     *
     * @return the names of the files and folders that were written
     */
    public List<String> writeMissing(MirrorPlan missing) {
        guard(directory, () -> removeMissing(directory));
        return missing.isEmpty()
                ? List.of()
                : write(
                        missing,
                        MISSING,
                        MISSING + "txt",
                        "Images that " + openshift + " needs and that the registry lacks or holds incorrectly.");
    }

    /** What the registry holds, with digests, in the file whose name is given back. */
    public String writeLock(Inventory inventory) {
        guard(directory, () -> put(LOCK, lock(inventory)));
        return LOCK;
    }

    private List<String> write(MirrorPlan plan, String prefix, String list, String what) {
        String mapping = prefix + "mapping.txt";
        String copy = prefix + "skopeo-copy.sh";
        String sync = prefix + "skopeo-sync.sh";
        String folder = prefix + "skopeo-sync";
        SkopeoSync files = new SkopeoSync(plan, what, folder, insecure, processor);
        guard(directory, () -> {
            put(list, list(plan, what));
            put(mapping, OcMapping.text(plan, what, mapping, insecure, processor));
            put(copy, SkopeoCopy.text(plan, what, copy, insecure, processor));
            put(sync, files.script(sync));
            removeYamls(directory.resolve(folder));
            for (var yaml : files.yamls().entrySet()) {
                put(folder + "/" + yaml.getKey(), yaml.getValue());
            }
        });
        return List.of(list, mapping, copy, sync, folder + "/");
    }

    /** The public names, one a line. */
    private static String list(MirrorPlan plan, String what) {
        StringBuilder text = new StringBuilder(
                Heading.of(List.of(what, "One image a line, by its public name; # begins a comment.")));
        text.append(Heading.sections(plan, image -> image.source().toString()));
        if (!plan.unmapped().isEmpty()) {
            text.append("\n# Pulled from outside, since <mappings> has no rule for them:\n");
            plan.unmapped().forEach(image -> text.append("# ").append(image).append('\n'));
        }
        return text.toString();
    }

    /** Each image that is there by its tag and the digest that it had when it was asked for. */
    private String lock(Inventory inventory) {
        return Heading.of(
                        List.of("Images that " + openshift + " needs.", "What the registry holds of it, with digests."))
                + inventory.answers().entrySet().stream()
                        .flatMap(entry -> line(entry.getKey().target(), entry.getValue()).stream())
                        .sorted()
                        .collect(Collectors.joining());
    }

    private static Optional<String> line(ImageReference target, ManifestAnswer answer) {
        ManifestAnswer there = answer instanceof ManifestAnswer.Unproven unproven ? unproven.image() : answer;
        return there instanceof ManifestAnswer.Found found
                ? Optional.of((target.digest().isPresent() ? target : target + "@" + found.digest()) + "\n")
                : Optional.empty();
    }

    private void put(String name, String text) throws IOException {
        AtomicFile.write(directory.resolve(name), out -> out.write(text));
    }

    private static void removeYamls(Path yamls) throws IOException {
        try (Stream<Path> files = Files.list(yamls)) {
            for (Path file :
                    files.filter(name -> name.toString().endsWith(".yaml")).toList()) {
                remove(file);
            }
        } catch (NoSuchFileException | NotDirectoryException e) {
            LOG.trace("Nothing of an earlier run is in {}", yamls, e);
        }
    }

    /** Another module may remove the same; a folder that is not empty holds what is not ours. */
    private static void remove(Path file) throws IOException {
        try {
            Files.deleteIfExists(file);
        } catch (DirectoryNotEmptyException e) {
            LOG.debug("{} is left alone, since others use it", file, e);
        }
    }

    private static void removeMissing(Path directory) throws IOException {
        removeYamls(directory.resolve(MISSING + "skopeo-sync"));
        for (String name : List.of("txt", "mapping.txt", "skopeo-copy.sh", "skopeo-sync.sh", "skopeo-sync")) {
            remove(directory.resolve(MISSING + name));
        }
    }

    private interface Writing {
        void run() throws IOException;
    }

    private static void guard(Path directory, Writing writing) {
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
