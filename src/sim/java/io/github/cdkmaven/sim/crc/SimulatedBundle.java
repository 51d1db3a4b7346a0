package io.github.cdkmaven.sim.crc;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.cdkmaven.sim.minishift.JsonFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A bundle file of the simulation: named like a real one, and a few hundred bytes of JSON instead of gigabytes of a
 * compressed archive. Extracted it gives what a real one gives, with an empty disk.
 *
 * @param name the file's name without {@code .crcbundle}
 * @param preset the preset that it is for
 * @param version of what is in it
 */
public record SimulatedBundle(String name, String preset, String version) {

    private static final Pattern NAME = Pattern.compile(
            "crc(?:_(okd|microshift))?_(?:libvirt|vfkit|hyperv)_(\\d+\\.\\d+\\.\\d+[^_]*)_(?:amd64|arm64)(?:_\\d+)?\\.crcbundle");
    private static final String MAGIC = "simulated-crcbundle";

    /** What a file name says; empty where crc would not recognise it. */
    static Optional<SimulatedBundle> named(String file) {
        Matcher matcher = NAME.matcher(file);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        String preset = Optional.ofNullable(matcher.group(1)).orElse("openshift");
        return Optional.of(new SimulatedBundle(file.replaceFirst("\\.crcbundle$", ""), preset, matcher.group(2)));
    }

    /**
     * Writes one.
     *
     * @param folder where to
     * @param file its name, as crc expects it
     * @param built when it was made: its certificates are good for 30 days from then
     */
    public static Path write(Path folder, String file, Instant built) {
        SimulatedBundle bundle =
                named(file).orElseThrow(() -> new IllegalArgumentException("not the name of a bundle: " + file));
        ObjectNode content = JsonFile.object().put("is", MAGIC).put("folder", bundle.name());
        content.set("info", bundle.info(built));
        // The end, by which a truncated one is known.
        content.put("padding", "0".repeat(512)).put("end", true);
        Path written = folder.toAbsolutePath().normalize().resolve(file);
        JsonFile.write(written, content);
        return written;
    }

    private ObjectNode info(Instant built) {
        ObjectNode info = JsonFile.object().put("version", "1.4").put("type", "snc").put("name", name);
        info.putObject("buildInfo")
                .put("buildTime", built.toString())
                .put("openshiftInstallerVersion", version)
                .put("sncVersion", "git9d2a1f5");
        info.putObject("clusterInfo")
                .put("openshiftVersion", version)
                .put("clusterName", "crc")
                .put("baseDomain", "testing")
                .put("appsDomain", "apps-crc.testing")
                .put("sshPrivateKeyFile", "id_ecdsa_crc")
                .put("kubeConfig", "kubeconfig");
        ObjectNode node = info.putArray("nodes").addObject();
        node.putArray("kind").add("master").add("worker");
        node.put("hostname", "crc").put("diskImage", "crc.qcow2").put("internalIP", "192.168.126.11");
        info.putObject("storage")
                .putArray("diskImages")
                .addObject()
                .put("name", "crc.qcow2")
                .put("format", "qcow2")
                .put("size", "0");
        info.putObject("driverInfo").put("name", "libvirt");
        return info;
    }

    /** Extracts a file into the cache, as crc does: into {@code tmp-extract}, then by a rename. */
    static void extract(CrcRun run, Path file) {
        String text = DotCrc.read(file);
        if (!text.contains(MAGIC)) {
            throw new VerbFailure("Unknown file format when trying to uncompress " + file);
        }
        if (!text.contains("\"end\"")) {
            throw new VerbFailure("unexpected EOF");
        }
        ObjectNode content = JsonFile.read(file);
        Path target = run.folder().extracted(file.getFileName().toString());
        if (!content.path("folder").asText().equals(target.getFileName().toString())) {
            Path half = run.folder().cache().resolve("tmp-extract").resolve(target.getFileName());
            run.pause(1);
            throw new VerbFailure(
                    "Temporary error: rename " + half + " " + target + ": no such file or directory (x12)");
        }
        DotCrc.remove(target);
        JsonFile.write(target.resolve("crc-bundle-info.json"), (ObjectNode) content.path("info"));
        for (String empty : List.of("crc.qcow2", "kubeconfig", "id_ecdsa_crc")) {
            DotCrc.secret(target.resolve(empty), "");
        }
        placeOc(run, target.resolve("oc"));
    }

    private static void placeOc(CrcRun run, Path oc) {
        try {
            Path launcher = run.world().bin().resolve("oc");
            if (Files.exists(launcher)) {
                Files.copy(launcher, oc, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.COPY_ATTRIBUTES);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** When an extracted bundle was made. */
    static Instant built(Path extracted) {
        return Instant.parse(JsonFile.read(extracted.resolve("crc-bundle-info.json"))
                .path("buildInfo")
                .path("buildTime")
                .asText(Instant.now().toString()));
    }
}
