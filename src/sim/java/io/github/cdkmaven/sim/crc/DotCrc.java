package io.github.cdkmaven.sim.crc;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.stream.Stream;

/**
 * {@code ~/.crc}: the one folder of an account.
 *
 * @param home the account's home
 */
record DotCrc(Path home, ShippedCrc release) {

    Path root() {
        return home.resolve(".crc");
    }

    Path settings() {
        return root().resolve("crc.json");
    }

    Path log() {
        return root().resolve("crc.log");
    }

    Path cache() {
        return root().resolve("cache");
    }

    Path bin() {
        return root().resolve("bin");
    }

    Path socket() {
        return root().resolve(release.socket());
    }

    Path machine() {
        return root().resolve("machines/crc");
    }

    Path kubeconfig() {
        return machine().resolve("kubeconfig");
    }

    Path helper() {
        return bin().resolve(release.helperFile());
    }

    Path driver() {
        return bin().resolve(release.driverFile());
    }

    Path symlink() {
        return bin().resolve("crc");
    }

    /** The folder of a bundle that was extracted. */
    Path extracted(String bundle) {
        return cache().resolve(bundle.replaceFirst("\\.crcbundle$", ""));
    }

    Path defaultBundle(String preset) {
        return cache().resolve(release.bundleName(preset));
    }

    /** What every command makes, even {@code version}. */
    void create() {
        try {
            Files.createDirectories(cache());
            Files.createDirectories(bin());
            Files.createDirectories(root().resolve("machines"));
            if (release.writesManPages()) {
                Path man = Files.createDirectories(home.resolve(".local/share/man/man1"));
                if (!Files.exists(man.resolve("crc.1.gz"))) {
                    Files.createFile(man.resolve("crc.1.gz"));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    boolean hasMachine() {
        return Files.exists(machine().resolve(".crc-exist"));
    }

    /** Writes a file that only its owner can read. */
    static void secret(Path file, String content) {
        write(file, content, "rw-------");
    }

    static void write(Path file, String content, String mode) {
        try {
            Files.createDirectories(file.getParent());
            Files.deleteIfExists(file);
            Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(mode)));
            Files.writeString(file, content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Empty where there is no such file. */
    static String read(Path file) {
        try {
            return Files.exists(file) ? Files.readString(file).strip() : "";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static void remove(Path folder) {
        if (!Files.exists(folder, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Bytes in the cache. */
    long cacheUsage() {
        try (Stream<Path> files = Files.walk(cache())) {
            long bytes = 0;
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                bytes += Files.size(file);
            }
            return bytes;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
