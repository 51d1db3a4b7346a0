package io.github.cdkmaven.sim.registry;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;

/**
 * An image of a few hundred bytes that any tool accepts: manifest, configuration and gzip layers, the same
 * bytes in every run on one machine (zlib differs between machines, so no digest may be written down).
 *
 * @param mediaType what the manifest is
 * @param manifest the manifest's bytes
 * @param blobs configuration and layers by digest, in the manifest's order
 * @param parts the images of a manifest list, in its order; else empty
 */
public record TinyImage(String mediaType, String manifest, Map<String, byte[]> blobs, List<TinyImage> parts) {

    public static final String SCHEMA_2 = "application/vnd.docker.distribution.manifest.v2+json";
    public static final String SCHEMA_1 = "application/vnd.docker.distribution.manifest.v1+prettyjws";
    public static final String LIST = "application/vnd.docker.distribution.manifest.list.v2+json";
    public static final String OCI = "application/vnd.oci.image.manifest.v1+json";
    public static final String OCI_INDEX = "application/vnd.oci.image.index.v1+json";

    private static final String CONFIG = "application/vnd.docker.container.image.v1+json";
    private static final String LAYER = "application/vnd.docker.image.rootfs.diff.tar.gzip";
    private static final String OCI_CONFIG = "application/vnd.oci.image.config.v1+json";
    private static final String OCI_LAYER = "application/vnd.oci.image.layer.v1.tar+gzip";
    private static final int TAR_BLOCK = 512;

    /** A schema 2 image for amd64 whose only layer holds a file with the given text. */
    public static TinyImage named(String text) {
        return of(SCHEMA_2, "amd64", List.of(tar(text.getBytes(StandardCharsets.UTF_8))));
    }

    /** The same image for another processor. */
    public static TinyImage forArchitecture(String architecture, String text) {
        return of(SCHEMA_2, architecture, List.of(tar((text + ' ' + architecture).getBytes(StandardCharsets.UTF_8))));
    }

    /** The same image with the manifest that OpenShift before 4.7 cannot read. */
    public static TinyImage oci(String text) {
        return of(OCI, "amd64", List.of(tar(text.getBytes(StandardCharsets.UTF_8))));
    }

    /** A schema 2 image with several layers that do not compress. */
    public static TinyImage withLayers(String text, int count, int bytesEach) {
        Random random = new Random(text.hashCode());
        List<byte[]> layers = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            byte[] content = new byte[bytesEach];
            random.nextBytes(content);
            layers.add(tar(content));
        }
        return of(SCHEMA_2, "amd64", layers);
    }

    /** What images of the years before 2016 look like. Its signature is none: nothing that reads tags checks it. */
    public static TinyImage schema1(String repository, String tag) {
        byte[] layer = gzip(tar(tag.getBytes(StandardCharsets.UTF_8)));
        String manifest =
                """
                {"schemaVersion":1,"name":"%s","tag":"%s","architecture":"amd64",\
                "fsLayers":[{"blobSum":"%s"}],\
                "history":[{"v1Compatibility":"{\\"id\\":\\"%s\\",\\"architecture\\":\\"amd64\\",\\"os\\":\\"linux\\"}"}],\
                "signatures":[]}""".formatted(repository, tag, digest(layer), digest(layer).substring(7));
        return new TinyImage(SCHEMA_1, manifest, Map.of(digest(layer), layer), List.of());
    }

    /** A manifest list over schema 2 images for the given processors. */
    public static TinyImage list(String text, String... architectures) {
        return index(
                LIST,
                Stream.of(architectures)
                        .map(architecture -> forArchitecture(architecture, text))
                        .toList());
    }

    /** An OCI index over OCI images for the given processors. */
    public static TinyImage ociIndex(String text, String... architectures) {
        return index(
                OCI_INDEX,
                Stream.of(architectures)
                        .map(architecture -> ociForArchitecture(architecture, text))
                        .toList());
    }

    /** An OCI image for a processor; {@code unknown} is what builders give to their attestations. */
    public static TinyImage ociForArchitecture(String architecture, String text) {
        return of(OCI, architecture, List.of(tar((text + ' ' + architecture).getBytes(StandardCharsets.UTF_8))));
    }

    /** A list, or an index, over images; each tells its own processor. */
    public static TinyImage index(String mediaType, List<TinyImage> parts) {
        List<String> entries = new ArrayList<>();
        for (TinyImage part : parts) {
            String architecture = part.architecture();
            entries.add("""
                    {"mediaType":"%s","size":%d,"digest":"%s","platform":{"architecture":"%s","os":"%s"}}""".formatted(
                            part.mediaType(),
                            part.manifestBytes().length,
                            part.digest(),
                            architecture,
                            "unknown".equals(architecture) ? architecture : "linux"));
        }
        String manifest = """
                {"schemaVersion":2,"mediaType":"%s","manifests":[%s]}""".formatted(mediaType, String.join(",", entries));
        return new TinyImage(mediaType, manifest, Map.of(), List.copyOf(parts));
    }

    /**
     * An OCI manifest that is no image, such as a Helm chart.
     *
     * @param layerType the media type of its content
     */
    public static TinyImage artifact(String layerType, String text) {
        byte[] config = "{}".getBytes(StandardCharsets.UTF_8);
        byte[] content = text.getBytes(StandardCharsets.UTF_8);
        Map<String, byte[]> blobs = new LinkedHashMap<>();
        blobs.put(digest(config), config);
        blobs.put(digest(content), content);
        String manifest = """
                {"schemaVersion":2,"mediaType":"%s","config":%s,"layers":[%s]}""".formatted(
                        OCI,
                        descriptor("application/vnd.cncf.helm.config.v1+json", config),
                        descriptor(layerType, content));
        return new TinyImage(OCI, manifest, blobs, List.of());
    }

    /** The same, with a manifest that does not say what it is, as OCI allows. */
    public TinyImage withoutMediaType() {
        return new TinyImage(mediaType, manifest.replaceFirst("\"mediaType\":\"[^\"]+\",", ""), blobs, parts);
    }

    private String architecture() {
        String config = new String(blobs.values().iterator().next(), StandardCharsets.UTF_8);
        return config.replaceFirst("(?s)^\\{\"architecture\":\"([^\"]+)\".*", "$1");
    }

    /** The digest of the manifest. */
    public String digest() {
        return digest(manifestBytes());
    }

    public byte[] manifestBytes() {
        return manifest.getBytes(StandardCharsets.UTF_8);
    }

    /** The digest of the configuration, which is the image id that {@code docker images} shows. */
    public String configDigest() {
        return blobs.keySet().iterator().next();
    }

    /** The digests of the layers, lowest first. */
    public List<String> layerDigests() {
        return blobs.keySet().stream().skip(1).toList();
    }

    /** {@code sha256:} and the hexadecimal digest of some bytes. */
    public static String digest(byte[] bytes) {
        try {
            return "sha256:"
                    + HexFormat.of()
                            .formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static TinyImage of(String mediaType, String architecture, List<byte[]> tars) {
        boolean oci = mediaType.equals(OCI);
        List<String> diffIds = tars.stream().map(tar -> '"' + digest(tar) + '"').toList();
        byte[] config = """
                {"architecture":"%s","os":"linux","created":"2018-07-01T00:00:00Z","config":{"Cmd":["/bin/true"]},\
                "rootfs":{"type":"layers","diff_ids":[%s]},\
                "history":[%s]}""".formatted(
                        architecture,
                        String.join(",", diffIds),
                        String.join(
                                ",",
                                tars.stream()
                                        .map(tar -> "{\"created\":\"2018-07-01T00:00:00Z\"}")
                                        .toList()))
                .getBytes(StandardCharsets.UTF_8);
        Map<String, byte[]> blobs = new LinkedHashMap<>();
        blobs.put(digest(config), config);
        List<String> layers = new ArrayList<>();
        for (byte[] tar : tars) {
            byte[] layer = gzip(tar);
            blobs.put(digest(layer), layer);
            layers.add(descriptor(oci ? OCI_LAYER : LAYER, layer));
        }
        String manifest =
                """
                {"schemaVersion":2,"mediaType":"%s","config":%s,"layers":[%s]}""".formatted(mediaType, descriptor(oci ? OCI_CONFIG : CONFIG, config), String.join(",", layers));
        return new TinyImage(mediaType, manifest, blobs, List.of());
    }

    private static String descriptor(String mediaType, byte[] blob) {
        return "{\"mediaType\":\"%s\",\"size\":%d,\"digest\":\"%s\"}".formatted(mediaType, blob.length, digest(blob));
    }

    /** A tar archive (ustar) with one file called {@code content}. */
    private static byte[] tar(byte[] content) {
        byte[] header = new byte[TAR_BLOCK];
        field(header, 0, "content");
        field(header, 100, "0000644\0");
        field(header, 108, "0000000\0");
        field(header, 116, "0000000\0");
        field(header, 124, "%011o\0".formatted(content.length));
        field(header, 136, "00000000000\0");
        field(header, 148, "        ");
        field(header, 156, "0");
        field(header, 257, "ustar\00000");
        int sum = 0;
        for (byte b : header) {
            sum += b & 0xff;
        }
        field(header, 148, "%06o\0 ".formatted(sum));
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(header);
        out.writeBytes(content);
        out.writeBytes(new byte[(TAR_BLOCK - content.length % TAR_BLOCK) % TAR_BLOCK + 2 * TAR_BLOCK]);
        return out.toByteArray();
    }

    private static void field(byte[] header, int at, String value) {
        byte[] bytes = value.getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(bytes, 0, header, at, bytes.length);
    }

    private static byte[] gzip(byte[] bytes) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
            gzip.write(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }
}
