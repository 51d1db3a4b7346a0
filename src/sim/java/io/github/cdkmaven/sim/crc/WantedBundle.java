package io.github.cdkmaven.sim.crc;

import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The bundle that a {@code setup} or {@code start} asks for: a file, an address, or the default one in the cache.
 *
 * @param path as given
 * @param bundle what its name says
 */
record WantedBundle(String path, SimulatedBundle bundle) {

    /** Reads and checks what is given; the name is looked at only where the file is there. */
    static WantedBundle of(CrcRun run, String given) {
        boolean isDefault = given.equals(run.folder().defaultBundle(run.preset()).toString());
        if (!isDefault || run.release().wantsDefaultBundleFirst() && !isExtracted(run, given)) {
            PropertyRules.bundle(run, given).ifPresent(problem -> {
                throw new VerbFailure(problem);
            });
        }
        String file = given.substring(given.lastIndexOf('/') + 1);
        String expected = run.release().bundleName(run.preset());
        if (given.startsWith("docker://")) {
            return new WantedBundle(given, SimulatedBundle.named(expected).orElseThrow());
        }
        if (!file.equals(expected)) {
            run.warn("Using " + file + " bundle, but " + expected + " is expected for this release");
        }
        SimulatedBundle bundle = SimulatedBundle.named(file)
                .orElseThrow(() -> VerbFailure.of(
                        VerbFailure.Kind.BEFORE_RESULT, "bundle filename is in unrecognized format"));
        return new WantedBundle(given, bundle);
    }

    private static boolean isExtracted(CrcRun run, String path) {
        return Files.exists(run.folder().extracted(Path.of(path).getFileName().toString()));
    }

    boolean isExtracted(CrcRun run) {
        return Files.exists(run.folder().extracted(bundle.name()));
    }

    private boolean isRemote() {
        return path.contains("://");
    }

    private boolean isDefault(CrcRun run) {
        return path.equals(run.folder().defaultBundle(run.preset()).toString());
    }

    /** Whether it is for the preset in force. */
    void checkPreset(CrcRun run) {
        if (bundle.preset().equals(run.preset())) {
            return;
        }
        String text = "Preset " + run.preset() + " is used but bundle is provided for " + bundle.preset() + " preset";
        if (run.release().presetMismatchIsFatal()) {
            throw VerbFailure.of(VerbFailure.Kind.FATAL, text);
        }
        run.info("Loading bundle: " + bundle.name() + "...");
        throw new VerbFailure(text);
    }

    /** Fetches and extracts it. The default one is asked for outside even where its file lies in the cache (crc#4011). */
    void fetch(CrcRun run, Runnable extracting) {
        if (isRemote()) {
            throw new VerbFailure(unreachable(run));
        }
        if (isDefault(run)) {
            if (run.properties().isOn("enable-bundle-quay-fallback")) {
                run.world().outside("quay.io", "bundle");
            }
            throw new VerbFailure("unable to get verified hash for default bundle: Get"
                    + " \"https://mirror.openshift.com/pub/openshift-v4/clients/crc/bundles/" + run.preset() + "/"
                    + bundle.version() + "/sha256sum.txt.sig\": "
                    + run.unresolved("mirror.openshift.com", "bundle"));
        }
        extracting.run();
        SimulatedBundle.extract(run, Path.of(path));
    }

    private String unreachable(CrcRun run) {
        String host = path.replaceFirst("^[a-z]+://", "").replaceFirst("/.*", "");
        String name = host.replaceFirst(":\\d+$", "");
        if (path.startsWith("docker://")) {
            return "initializing source " + path + ": pinging container registry " + host + ": Get \"https://" + host
                    + "/v2/\": " + run.unresolved(name, "bundle");
        }
        return "Head \"" + path + "\": " + run.unresolved(name, "bundle");
    }
}
