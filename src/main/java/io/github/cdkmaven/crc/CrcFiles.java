package io.github.cdkmaven.crc;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.github.cdkmaven.json.JsonTree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What crc keeps in its folder, which is always {@code .crc} in the home of the account: no setting moves it (crc
 * {@code pkg/crc/constants/constants.go}).
 *
 * @param home the folder
 */
record CrcFiles(Path home) {

    /** The name of the only machine there is. */
    static final String MACHINE = "crc";

    /** Those of an account. */
    static CrcFiles of(Path accountHome) {
        return new CrcFiles(accountHome.toAbsolutePath().normalize().resolve(".crc"));
    }

    private Path machine() {
        return home.resolve("machines").resolve(MACHINE);
    }

    /** Whether there is a VM; crc goes by this file itself. */
    boolean hasMachine() {
        return Files.exists(machine().resolve(".crc-exist"));
    }

    /** Whether anything but the folder itself was ever set up here. */
    boolean isSetUp() {
        return Files.isDirectory(home.resolve("bin"));
    }

    /** The kubeconfig with the administrator's certificate, which a first start writes at its end. */
    Path kubeconfig() {
        return machine().resolve("kubeconfig");
    }

    /** The key for the VM's node: older VMs than those of crc 2.41 have the second. */
    Optional<Path> sshKey() {
        return Stream.of("id_ed25519", "id_ecdsa")
                .map(machine()::resolve)
                .filter(Files::isReadable)
                .findFirst();
    }

    /** What the VM was made of and with: {@code Driver.BundleName}, {@code .CPU}, {@code .Memory} and the like. */
    JsonNode driver() {
        return read(machine().resolve("config.json")).path("Driver");
    }

    /** The user's settings. One that cannot be read counts as empty, as it does for crc. */
    JsonNode settings() {
        return read(home.resolve("crc.json"));
    }

    /** The file where crc has put the password of the administrator. */
    Path kubeadminPassword() {
        return machine().resolve("kubeadmin-password");
    }

    /** The log of all commands. */
    Path log() {
        return home.resolve("crc.log");
    }

    /** The bundle's oc, which each start links anew. */
    Path oc() {
        boolean windows = System.getProperty("os.name").startsWith("Windows");
        return home.resolve("bin").resolve("oc").resolve(windows ? "oc.exe" : "oc");
    }

    /** The folder of bundles that were fetched or unpacked. */
    Path cache() {
        return home.resolve("cache");
    }

    /** What an unpacked bundle says of itself; missing where it is not unpacked. */
    JsonNode bundleInfo(Bundle bundle) {
        return read(cache().resolve(bundle.folder()).resolve("crc-bundle-info.json"));
    }

    /** When the VM was last started: what a start writes, as far as it is there. */
    Optional<Instant> lastStart() {
        return Stream.of(oc(), machine().resolve("config.json"))
                .flatMap(file -> writtenAt(file).stream())
                .max(Instant::compareTo)
                .filter(time -> hasMachine());
    }

    private static Optional<Instant> writtenAt(Path file) {
        try {
            return Optional.of(
                    Files.getLastModifiedTime(file, LinkOption.NOFOLLOW_LINKS).toInstant());
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private static JsonNode read(Path file) {
        if (!Files.isReadable(file)) {
            return MissingNode.getInstance();
        }
        try {
            return JsonTree.read(file);
        } catch (IOException e) {
            return MissingNode.getInstance();
        }
    }
}
