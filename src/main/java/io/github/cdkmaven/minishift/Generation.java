package io.github.cdkmaven.minishift;

import io.github.cdkmaven.engine.Version;
import io.github.cdkmaven.problem.Problem;
import java.util.List;

/**
 * What a range of minishift versions has in common, where others differ.
 *
 * @param since the first version of the range; it ends where the next one begins
 * @param image how the name of the control-plane images is given
 * @param copiesOcFromImage whether {@code start} copies {@code oc} out of an image with a compiled-in name, in the VM (1.18, minishift
 *     {@code cmd/util/oc.go}); blocked public registries make that fail unless the image is there already
 * @param firstStartFollowsKubeconfig whether the first start writes to {@code KUBECONFIG} alone (minishift#2870); before, it writes to
 *     {@code ~/.kube/config} of the account, and fails if {@code KUBECONFIG} names another file
 * @param skipsStartupChecks whether {@code skip-startup-checks} exists, which also leaves out the look at github.com
 * @param looksAtGithub whether {@code start} looks if github.com can be reached, before it reads any setting (minishift
 *     {@code cmd/start_preflight.go}): 1.15 by a bare connection to port 80, which no proxy variable moves ({@code pkg/minishift/network},
 *     {@code net.Dial}; the program is linked without cgo, so neither does any variable of the C library's resolver), 1.16 by a GET
 * @param source where the row comes from
 */
public record Generation(
        Version since,
        ImageArgument image,
        boolean copiesOcFromImage,
        boolean firstStartFollowsKubeconfig,
        boolean skipsStartupChecks,
        boolean looksAtGithub,
        String source) {

    /** The oldest minishift that this plugin knows to drive: CDK 3.3. */
    public static final Version OLDEST = Version.of("1.11.0");

    /** The newest minishift there is; what comes after it is driven like it, with a warning. */
    public static final Version NEWEST = Version.of("1.34.3");

    /** All generations, oldest first. */
    public static final List<Generation> TABLE = List.of(
            row("1.11.0", ImageArgument.EXTRA_FLAGS, "CDK 3.3; cluster up on the host by argv"),
            row("1.14.0", ImageArgument.IMPOSSIBLE, "minishift#2318; asks GitHub's API, which a setting turns off"),
            row("1.15.0", ImageArgument.IMPOSSIBLE, "CDK 3.4; minishift#2318, run on 1.15.1", Trait.LOOKS_AT_GITHUB),
            row("1.16.1", ImageArgument.EXTRA_FLAGS, "minishift#2318 fixed", Trait.LOOKS_AT_GITHUB),
            row("1.17.0", ImageArgument.EXTRA_FLAGS, "skip-startup-checks is new", Trait.SKIPS_CHECKS),
            row(
                    "1.18.0",
                    ImageArgument.QUOTED_EXTRA_FLAGS,
                    "CDK 3.5; cluster up in the VM's shell, run on 1.20.0",
                    Trait.SKIPS_CHECKS,
                    Trait.COPIES_OC),
            row("1.25.0", ImageArgument.HIDDEN_FLAG, "CDK 3.6; minishift#2789", Trait.SKIPS_CHECKS, Trait.COPIES_OC),
            row(
                    "1.26.0",
                    ImageArgument.HIDDEN_FLAG,
                    "CDK 3.7 to 3.17; minishift#2870, run on 1.34.3",
                    Trait.SKIPS_CHECKS,
                    Trait.COPIES_OC,
                    Trait.FOLLOWS_KUBECONFIG));

    /** The ways in which versions of minishift hand the name of the control-plane images on to {@code oc cluster up}. */
    public enum ImageArgument {
        /** {@code --extra-clusterup-flags --image=…}, run on the host without a shell: quotes would arrive as part of the name. */
        EXTRA_FLAGS,
        /** {@code --extra-clusterup-flags --image='…'}, run by the VM's shell, which eats what is not in single quotes. */
        QUOTED_EXTRA_FLAGS,
        /** The hidden flag {@code --image '…'} (minishift#2789), run by the VM's shell as well; needs no experimental switch. */
        HIDDEN_FLAG,
        /** None: the version refuses every extra flag (minishift#2318), so the images have to be there under their public names. */
        IMPOSSIBLE
    }

    private enum Trait {
        COPIES_OC,
        FOLLOWS_KUBECONFIG,
        SKIPS_CHECKS,
        LOOKS_AT_GITHUB
    }

    private static Generation row(String since, ImageArgument image, String source, Trait... traits) {
        List<Trait> has = List.of(traits);
        return new Generation(
                Version.of(since),
                image,
                has.contains(Trait.COPIES_OC),
                has.contains(Trait.FOLLOWS_KUBECONFIG),
                has.contains(Trait.SKIPS_CHECKS),
                has.contains(Trait.LOOKS_AT_GITHUB),
                source);
    }

    /**
     * The generation that a product belongs to.
     *
     * @throws io.github.cdkmaven.problem.ProblemException if the product is older than every row
     */
    public static Generation of(MinishiftVersion product) {
        return TABLE.stream()
                .filter(row -> product.minishift().isAtLeast(row.since()))
                .reduce((older, newer) -> newer)
                .orElseThrow(() -> Problem.of(
                                product + " is too old: the oldest that can be driven is CDK 3.3 (minishift " + OLDEST
                                        + ").",
                                "<minishift> or -Dcdk.minishift=… with a newer CDK")
                        .toException());
    }

    /** Whether the first start only succeeds with images that minishift finds in its cache. */
    public boolean needsImageCache() {
        return copiesOcFromImage || image == ImageArgument.IMPOSSIBLE;
    }

    /** Whether a product is newer than what this table was made from. */
    public static boolean isUnknown(MinishiftVersion product) {
        return product.minishift().compareTo(NEWEST) > 0;
    }
}
