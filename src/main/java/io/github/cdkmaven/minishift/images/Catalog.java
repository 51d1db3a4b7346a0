package io.github.cdkmaven.minishift.images;

import io.github.cdkmaven.image.ImageReference;
import io.github.cdkmaven.minishift.Generation;
import io.github.cdkmaven.minishift.OpenShiftRelease;
import io.github.cdkmaven.minishift.Product;
import io.github.cdkmaven.minishift.Version;
import io.github.cdkmaven.mirror.NeededImage;
import io.github.cdkmaven.mirror.Purpose;
import io.github.cdkmaven.problem.Problem;
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

    private Catalog() {}

    /** A CDK as good as any other: all of them need the same images for the same OpenShift. */
    public static final Product ANY_CDK =
            new Product(Generation.NEWEST, Generation.NEWEST.toString(), Optional.empty(), Optional.of("3"));

    /** The OpenShift releases whose images are known, oldest first. */
    public static List<String> releases() {
        return RELEASES;
    }

    /** Whether the images of this OpenShift are known. */
    public static boolean knows(String openshift) {
        return Version.parse(openshift)
                .filter(version -> RELEASES.contains(line(version)))
                .isPresent();
    }

    /**
     * All images that are needed, by use: the platform, what {@code oc} is copied out of, the ImageStreams.
     *
     * @param openshift the exact OpenShift that will run, which is the tag of its images: {@code v3.11.141}
     * @throws io.github.cdkmaven.problem.ProblemException if the images of this OpenShift are not known
     */
    public static List<NeededImage> of(String openshift, Product product) {
        if (!knows(openshift)) {
            throw Problem.of(
                            "The images of OpenShift " + openshift + " are not in the catalogue, which knows "
                                    + String.join(", ", RELEASES) + ".",
                            "<openshiftVersion> (-Dcdk.openshiftVersion=…) with one of them, or start the CDK where it has Internet"
                                    + " access and take the images from it: <imagesSource>cluster</imagesSource>"
                                    + " (-Dcdk.imagesSource=cluster)")
                    .toException();
        }
        String tag = openshift.startsWith("v") ? openshift : "v" + openshift;
        String release = line(Version.parse(openshift).orElseThrow());
        List<NeededImage> images = new ArrayList<>(platform(release, tag, product));
        if (Generation.of(product).copiesOcFromImage()) {
            images.add(NeededImage.required(ocSource(tag, product), new Purpose.OcCopy()));
        }
        images.addAll(streams(release, product.isCdk() ? "rhel7" : "centos7"));
        if (product.isCdk()) {
            images.addAll(streams(release, "xpaas"));
        }
        return List.copyOf(images);
    }

    private static List<NeededImage> platform(String release, String tag, Product product) {
        String prefix = product.isCdk() ? CDK : "docker.io/" + UPSTREAM;
        return CatalogTable.read(release + "/platform.tsv", 2).stream()
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

    /** The compiled-in name: the control plane's from OpenShift 3.10 on, in upstream only since 1.24 ({@code constants.go}). */
    private static String ocSource(String tag, Product product) {
        boolean controlPlane = OpenShiftRelease.takesTemplate(tag)
                && (product.isCdk()
                        || product.minishift().isAtLeast(Version.parse("1.24").orElseThrow()));
        return (product.isCdk() ? CDK : UPSTREAM) + (controlPlane ? "-control-plane:" : ":") + tag;
    }

    private static List<NeededImage> streams(String release, String set) {
        return CatalogTable.read(release + "/" + set + ".tsv", 3).stream()
                .map(row -> NeededImage.required(row.get(2), new Purpose.Stream(row.get(0), row.get(1))))
                .toList();
    }

    private static String line(Version version) {
        return version.major() + "." + version.minor();
    }
}
