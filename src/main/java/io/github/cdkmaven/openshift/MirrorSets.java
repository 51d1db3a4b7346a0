package io.github.cdkmaven.openshift;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.cdkmaven.image.ImageReference;
import io.github.cdkmaven.image.Relocation;
import io.github.cdkmaven.problem.ForeignText;
import io.github.cdkmaven.process.Retry.Pause;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * From where the nodes of an OpenShift 4 pull what is called by another name: its mirror sets. A pull through one of them keeps the name that was asked
 * for (measured on 4.19).
 *
 * @param known whether all of them could be read; a plain user may not
 * @param mirrors what they say
 */
public record MirrorSets(boolean known, List<Mirror> mirrors) {

    /** A kind of mirror set; the first two are there since OpenShift 4.13. */
    private enum Kind {
        DIGESTS("/apis/config.openshift.io/v1/imagedigestmirrorsets", "imageDigestMirrors"),
        TAGS("/apis/config.openshift.io/v1/imagetagmirrorsets", "imageTagMirrors"),
        OLD_DIGESTS("/apis/operator.openshift.io/v1alpha1/imagecontentsourcepolicies", "repositoryDigestMirrors");

        private final String path;
        private final String list;

        Kind(String path, String list) {
            this.path = path;
            this.list = list;
        }
    }

    /**
     * One entry.
     *
     * @param source a registry, perhaps with a path, or {@code *.domain}
     * @param targets what is asked in its place, in this order
     * @param tags whether it is for images that are called by a tag, and not for those called by a digest
     * @param sourceToo whether the source is asked where no mirror has the image. The importer asks it in any case (4.19)
     */
    public record Mirror(String source, List<String> targets, boolean tags, boolean sourceToo) {

        public Mirror {
            targets = List.copyOf(targets);
        }

        /** Whether it is for a repository, by its {@link Relocation#fullName full name}. */
        public boolean covers(String fullName) {
            return source.startsWith("*.")
                    ? fullName.split("/", 2)[0].endsWith(source.substring(1))
                    : isAtOrBelow(fullName, source);
        }
    }

    private static final Logger LOG = LoggerFactory.getLogger(MirrorSets.class);
    private static final Duration LIMIT = Duration.ofSeconds(30);

    public MirrorSets {
        mirrors = List.copyOf(mirrors);
    }

    /** Whether a repository is a registry or a path of it, or lies below. */
    public static boolean isAtOrBelow(String fullName, String prefix) {
        return fullName.equals(prefix) || fullName.startsWith(prefix + "/");
    }

    /** Reads them; there are none on an OpenShift 3. */
    public static MirrorSets of(OpenShiftApi api) {
        boolean known = true;
        List<Mirror> mirrors = new ArrayList<>();
        for (Kind kind : Kind.values()) {
            try {
                ApiAnswer answer = api.ask(Pause.real(), () -> api.get(kind.path, LIMIT));
                known &= answer.isSuccess() || answer.status() == 404;
                if (answer.isSuccess()) {
                    add(mirrors, kind, answer.body());
                }
            } catch (IOException e) {
                LOG.debug("{} cannot be read", kind.path, e);
                known = false;
            }
        }
        return new MirrorSets(known, mirrors);
    }

    private static void add(List<Mirror> mirrors, Kind kind, JsonNode list) {
        for (JsonNode set : list.path("items")) {
            for (JsonNode entry : set.path("spec").path(kind.list)) {
                List<String> targets = new ArrayList<>();
                entry.path("mirrors").forEach(target -> targets.add(ForeignText.line(target.asText())));
                mirrors.add(new Mirror(
                        ForeignText.line(entry.path("source").asText()),
                        targets,
                        kind == Kind.TAGS,
                        !entry.path("mirrorSourcePolicy").asText().equals("NeverContactSource")));
            }
        }
    }

    /** What stands in the place of a repository at the mirrors; empty where no set is for it. */
    public List<String> targets(ImageReference image) {
        String name = Relocation.fullName(image);
        return mirrors.stream()
                .filter(mirror -> mirror.covers(name) && !mirror.source().startsWith("*."))
                .flatMap(mirror -> mirror.targets().stream()
                        .map(target -> target + name.substring(mirror.source().length())))
                .distinct()
                .toList();
    }

    /** Whether a set is for a repository. */
    public boolean covers(ImageReference image) {
        String name = Relocation.fullName(image);
        return mirrors.stream().anyMatch(mirror -> mirror.covers(name));
    }

    /** Whether the nodes never ask a repository's own registry, however the image is called. */
    public boolean spares(ImageReference image) {
        String name = Relocation.fullName(image);
        List<Mirror> own =
                mirrors.stream().filter(mirror -> mirror.covers(name)).toList();
        return !own.isEmpty() && own.stream().noneMatch(Mirror::sourceToo);
    }
}
