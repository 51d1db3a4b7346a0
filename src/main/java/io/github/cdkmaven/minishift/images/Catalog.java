package io.github.cdkmaven.minishift.images;

import io.github.cdkmaven.engine.NeededImages;
import io.github.cdkmaven.engine.Version;
import io.github.cdkmaven.image.ImageReference;
import io.github.cdkmaven.minishift.Generation;
import io.github.cdkmaven.minishift.Generation.ImageArgument;
import io.github.cdkmaven.minishift.MinishiftVersion;
import io.github.cdkmaven.minishift.OpenShiftRelease;
import io.github.cdkmaven.mirror.NeededImage;
import io.github.cdkmaven.mirror.Purpose;
import io.github.cdkmaven.problem.Problem;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The images that a product with a given OpenShift needs: those of cluster up with the exact version as their tag, and those of the
 * ImageStreams that it creates by default. A CDK creates the rhel7 streams and, by its add-on xpaas, JBoss's; upstream minishift creates
 * the centos7 streams alone.
 */
public final class Catalog {

    private static final List<String> RELEASES = List.of("3.7", "3.9", "3.10", "3.11");
    private static final String BARE = "-";
    private static final String OPTIONAL = "optional";

    /** What the CDK's control-plane images begin with, in every version (minishift#3395 and other logs). */
    private static final String CDK = "registry.access.redhat.com/openshift3/ose";

    /** What upstream's begin with; it leaves the registry out where the name is compiled in. */
    private static final String UPSTREAM = "openshift/origin";

    /** From this minishift on, {@code oc} of OpenShift 3.10 and newer is copied from the control plane's own image ({@code constants.go}). */
    private static final Version COPIES_FROM_CONTROL_PLANE = Version.of("1.24.0");

    private Catalog() {}

    /** A CDK as good as any other: all of them need the same images for the same OpenShift. */
    public static final MinishiftVersion ANY_CDK =
            new MinishiftVersion(Generation.NEWEST, Generation.NEWEST.toString(), Optional.empty(), Optional.of("3"));

    /** Whether the images of this OpenShift are known. */
    public static boolean knows(String openshift) {
        return Version.parse(openshift)
                .filter(version -> RELEASES.contains(line(version)))
                .isPresent();
    }

    /**
     * All images that a start needs.
     *
     * @param openshift the exact OpenShift that will run, which is the tag of its images: {@code v3.11.141}
     */
    public static NeededImages needed(String openshift, MinishiftVersion product) {
        return knows(openshift)
                ? new NeededImages(openshift, of(openshift, product), Optional.empty())
                : new NeededImages(openshift, List.of(), Optional.of(unknown(openshift)));
    }

    private static Problem unknown(String openshift) {
        String releases = String.join(", ", RELEASES);
        return Problem.of(
                "The images of OpenShift " + openshift + " are not in the catalogue, which knows " + releases + ".",
                "<openshiftVersion> (-Dcdk.openshiftVersion=…) of one of " + releases
                        + ", or start the CDK with Internet access and take the images from it:"
                        + " <imagesSource>cluster</imagesSource> (-Dcdk.imagesSource=cluster)");
    }

    /**
     * The images by use: the platform, what {@code oc} is copied out of, the ImageStreams.
     *
     * @throws io.github.cdkmaven.problem.ProblemException if the images of this OpenShift are not known
     */
    public static List<NeededImage> of(String openshift, MinishiftVersion product) {
        if (!knows(openshift)) {
            throw unknown(openshift).toException();
        }
        String tag = openshift.startsWith("v") ? openshift : "v" + openshift;
        String release = line(Version.parse(openshift).orElseThrow());
        List<NeededImage> images = new ArrayList<>(platform(release, tag, product));
        ocSource(product, tag).ifPresent(source -> images.add(NeededImage.required(source, new Purpose.OcCopy())));
        images.addAll(streams(release, product.isCdk() ? "rhel7" : "centos7"));
        if (product.isCdk()) {
            images.addAll(streams(release, "xpaas"));
        }
        return List.copyOf(images);
    }

    private static List<NeededImage> platform(String release, String tag, MinishiftVersion product) {
        String prefix = product.isCdk() ? CDK : "docker.io/" + UPSTREAM;
        return rows(release + "/platform.tsv", 2).stream()
                .map(row -> {
                    String component = row.get(0);
                    boolean optional = row.get(1).equals(OPTIONAL);
                    if (component.indexOf('/') >= 0) {
                        return new NeededImage(ImageReference.parse(component), new Purpose.HardCoded(), optional);
                    }
                    String end = component.equals(BARE) ? "" : component;
                    String name = prefix + (end.isEmpty() ? "" : "-" + end);
                    return new NeededImage(ImageReference.parse(name + ":" + tag), new Purpose.Platform(end), optional);
                })
                .toList();
    }

    /**
     * The images whose names nothing can change, so that they have to be in minishift's cache at the first start: the one that {@code oc} is
     * copied out of, or the whole platform where the version cannot be told other names at all (minishift#2318).
     */
    public static List<NeededImage> ofTheCache(String openshift, MinishiftVersion product) {
        if (Generation.of(product).image() != ImageArgument.IMPOSSIBLE) {
            return ocSource(product, openshift).stream()
                    .map(source -> NeededImage.required(source, new Purpose.OcCopy()))
                    .toList();
        }
        return requiredPlatform(openshift, product);
    }

    /** The images without which cluster up, builds and deployments fail. */
    static List<NeededImage> requiredPlatform(String openshift, MinishiftVersion product) {
        return of(openshift, product).stream()
                .filter(image -> !image.optional())
                .filter(image -> image.use() instanceof Purpose.Platform || image.use() instanceof Purpose.HardCoded)
                .distinct()
                .toList();
    }

    /**
     * The image whose name is compiled into minishift since 1.18: it copies {@code oc} out of it inside the VM, whatever image it was told to
     * start (minishift {@code cmd/util/oc.go}). Byte for byte as minishift asks for it; empty where it copies nothing.
     */
    private static Optional<String> ocSource(MinishiftVersion product, String tag) {
        if (!Generation.of(product).copiesOcFromImage()) {
            return Optional.empty();
        }
        boolean controlPlane =
                product.minishift().isAtLeast(COPIES_FROM_CONTROL_PLANE) && OpenShiftRelease.takesTemplate(tag);
        return Optional.of((product.isCdk() ? CDK : UPSTREAM) + (controlPlane ? "-control-plane:" : ":") + tag);
    }

    private static List<NeededImage> streams(String release, String set) {
        return rows(release + "/" + set + ".tsv", 3).stream()
                .map(row -> NeededImage.required(row.get(2), new Purpose.Stream(row.get(0), row.get(1))))
                .toList();
    }

    private static String line(Version version) {
        return version.major() + "." + version.minor();
    }

    /** The rows of a table of this package, each with the given number of values between tabs; lines that begin with # explain it. */
    private static List<List<String>> rows(String table, int columns) {
        try (InputStream file = Catalog.class.getResourceAsStream(table)) {
            if (file == null) {
                throw new IllegalStateException("the catalogue lacks " + table);
            }
            return new BufferedReader(new InputStreamReader(file, StandardCharsets.UTF_8))
                    .lines()
                    .filter(line -> !line.startsWith("#"))
                    .map(line -> row(table, line, columns))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> row(String table, String line, int columns) {
        List<String> values = List.of(line.split("\t", -1));
        if (values.size() != columns) {
            throw new IllegalStateException(table + " has a row without " + columns + " values: " + line);
        }
        return values;
    }
}
