package io.github.cdkmaven.crc;

import io.github.cdkmaven.process.Deadline;
import io.github.cdkmaven.process.UserFolder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Decides which bundle a start uses, and gets it to where crc reads it. */
final class VmBundle {

    private final CrcInstallation tools;
    private final CrcStartSettings settings;
    private final CrcVersion product;

    VmBundle(CrcInstallation tools, CrcStartSettings settings, CrcVersion product) {
        this.tools = tools;
        this.settings = settings;
        this.product = product;
    }

    /** The bundle that crc would take by itself. */
    Optional<Bundle> defaultBundle() {
        return Bundle.defaultOf(
                product,
                tools.settings().preset(),
                Bundle.driverOf(System.getProperty("os.name", "")),
                Bundle.architectureOf(System.getProperty("os.arch", "")));
    }

    /** The bundle that the POM, or else the user's setting of crc, or else crc itself names; empty where its name is none. */
    Optional<Bundle> wanted() {
        return settings.bundle()
                .map(source -> Bundle.parse(source.name()))
                .or(() ->
                        tools.settings().value("bundle").map(path -> Bundle.parse(path.replaceFirst("^.*[/\\\\]", ""))))
                .orElseGet(this::defaultBundle);
    }

    /** Whether crc has unpacked a bundle, and needs its file no more. */
    boolean isUnpacked(Bundle bundle) {
        return tools.files().bundleInfo(bundle).isObject();
    }

    /** Whether a file lies where crc would look outside for its checksum before it unpacks it (crc#4011). */
    boolean isAtDefaultPath(Path file) {
        return file.toAbsolutePath().normalize().startsWith(tools.files().cache())
                && defaultBundle().map(Bundle::file).equals(Optional.of(String.valueOf(file.getFileName())));
    }

    /** The fetch of a bundle that the POM names by its address. */
    Optional<BundleFetch> fetch() {
        return settings.bundle()
                .filter(source -> source.url().isPresent())
                .map(source -> new BundleFetch(
                        source,
                        settings.registries().own().ca(),
                        UserFolder.create(tools.accountHome()).resolve("bundles")));
    }

    /**
     * The value of {@code -b}, where one has to be given; fetches the file where crc needs it.
     *
     * @throws io.github.cdkmaven.problem.ProblemException if it cannot be fetched
     */
    Optional<String> argument(Deadline deadline) {
        if (settings.bundle().isEmpty()) {
            return Optional.empty();
        }
        Optional<Bundle> bundle = wanted();
        if (bundle.isPresent() && isUnpacked(bundle.get())) {
            // crc goes by the name alone then, and the file need not be there any more.
            return Optional.of(
                    tools.files().cache().resolve(bundle.get().file()).toString());
        }
        return fetch().map(fetch -> fetch.fetch(deadline))
                .or(() -> settings.bundle().get().file().map(Path::toAbsolutePath))
                .map(Path::toString);
    }

    /** The file in hand, without fetching it. */
    Optional<Path> fileInHand() {
        return settings.bundle()
                .flatMap(source -> source.file().or(() -> fetch().flatMap(BundleFetch::fetched)))
                .filter(Files::isRegularFile);
    }
}
