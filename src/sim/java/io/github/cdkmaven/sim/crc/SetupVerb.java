package io.github.cdkmaven.sim.crc;

import io.github.cdkmaven.sim.minishift.Flag;
import io.github.cdkmaven.sim.minishift.ParsedFlags;
import java.util.List;
import java.util.Optional;

/** {@code setup}: makes the host ready, or only looks whether it is. */
final class SetupVerb extends Verb {

    private static final String READY =
            "Your system is correctly setup for using CRC. Use 'crc start' to start the instance";

    @Override
    List<Flag> flags() {
        return List.of(
                output(),
                Flag.text("bundle", "").shortly("b"),
                Flag.toggle("check-only", ""),
                Flag.toggle("show-progressbars", ""),
                Flag.toggle("enable-experimental-features", ""));
    }

    @Override
    String run(CrcRun run, ParsedFlags flags) {
        askForConsent(run);
        boolean only = flags.isOn("check-only");
        String standard = run.folder().defaultBundle(run.preset()).toString();
        String given = flags.text("bundle").orElse(run.properties().text("bundle"));
        // Setup is what fetches the default one, so that its file need not be there.
        WantedBundle bundle = given.equals(standard)
                ? new WantedBundle(
                        given, SimulatedBundle.named(run.release().bundleName(run.preset())).orElseThrow())
                : WantedBundle.of(run, given);
        run.info("Using bundle path " + given);
        new HostChecks(run).inSetup(only);
        if (run.properties().isOn("skip-check-bundle-extracted")) {
            return READY;
        }
        run.info("Checking if CRC bundle is extracted in '$HOME/.crc'");
        run.info("Checking if " + given + " exists");
        if (!bundle.isExtracted(run)) {
            if (only) {
                String folder = run.folder().extracted(bundle.bundle().name()).toString();
                throw VerbFailure.check("could not find cached bundle info in " + folder + ": stat " + folder
                        + ": no such file or directory");
            }
            run.info("Getting bundle for the CRC executable");
            run.info("Downloading bundle: " + given + "...");
            bundle.fetch(run, () -> run.info("Uncompressing " + given));
        }
        return READY;
    }

    /** Without a terminal the answer is no, and kept. */
    private static void askForConsent(CrcRun run) {
        Optional<String> given = run.properties().given("consent-telemetry");
        if (given.isPresent()) {
            return;
        }
        run.call()
                .println("CRC is constantly improving and we would like to know more about usage (more details at"
                        + " https://developers.redhat.com/article/tool-data-collection)\nYour preference can be changed"
                        + " manually if desired using 'crc config set consent-telemetry <yes/no>'\nNo worry, you can still"
                        + " enable telemetry manually with the command 'crc config set consent-telemetry yes'.");
        run.properties().stored().ifPresent(stored -> run.properties().store(stored.put("consent-telemetry", "no")));
    }
}
