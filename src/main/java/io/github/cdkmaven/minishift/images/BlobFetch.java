package io.github.cdkmaven.minishift.images;

import io.github.cdkmaven.minishift.images.OciManifest.Descriptor;
import io.github.cdkmaven.process.Deadline;
import io.github.cdkmaven.registry.ManifestAnswer;
import io.github.cdkmaven.registry.Parallel;
import io.github.cdkmaven.registry.RegistryClient;
import io.github.cdkmaven.registry.RegistryException;
import io.github.cdkmaven.registry.RegistryFailure;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Brings the blobs into a layout that it lacks, several at a time, and remembers what came of each. */
final class BlobFetch {

    /** What came of one: bytes fetched, or why not. */
    private record Outcome(long bytes, Optional<ManifestAnswer> failure) {}

    private final OciLayout layout;
    private final RegistryClient client;
    private final Deadline deadline;
    private final int lanes;
    private final Map<String, Outcome> outcomes = new LinkedHashMap<>();

    BlobFetch(OciLayout layout, RegistryClient client, Deadline deadline, int lanes) {
        this.layout = layout;
        this.client = client;
        this.deadline = deadline;
        this.lanes = lanes;
    }

    /**
     * Fetches what is lacking.
     *
     * @param wanted the blobs, each with a repository that has it
     * @throws UncheckedIOException if the layout cannot be written
     */
    void fetch(Map<Descriptor, String> wanted) {
        Map<Descriptor, Outcome> fetched = Parallel.map(wanted.keySet(), lanes, blob -> fetch(blob, wanted.get(blob)));
        fetched.forEach((blob, outcome) -> outcomes.putIfAbsent(blob.digest(), outcome));
    }

    /** Why a blob is not there. */
    Optional<ManifestAnswer> failure(Descriptor blob) {
        return outcomes.get(blob.digest()).failure();
    }

    /** How many bytes were fetched for a blob; 0 if it was there. */
    long bytes(Descriptor blob) {
        return outcomes.get(blob.digest()).bytes();
    }

    private Outcome fetch(Descriptor blob, String repository) {
        try {
            if (layout.holds(blob)) {
                return new Outcome(0, Optional.empty());
            }
            if (deadline.isOver()) {
                return new Outcome(
                        0, Optional.of(new RegistryFailure.Unreachable("the time for all images had run out")));
            }
            if (blob.size() > layout.room()) {
                return new Outcome(
                        0,
                        Optional.of(new RegistryFailure.Broken(
                                200,
                                "a layer of " + blob.size() + " bytes, for which there is not enough disk space in "
                                        + layout.folder())));
            }
            client.fetchBlob(repository, blob.digest(), blob.size(), layout.unfinished(blob.digest()), deadline.left());
            layout.install(blob.digest());
            return new Outcome(blob.size(), Optional.empty());
        } catch (RegistryException e) {
            return new Outcome(0, Optional.of(e.answer()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
