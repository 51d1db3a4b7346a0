package io.github.cdkmaven.crc;

import io.github.cdkmaven.problem.Problem;
import io.github.cdkmaven.problem.ProblemException;
import io.github.cdkmaven.process.Deadline;
import io.github.cdkmaven.report.Check;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** The bundle: what crc would say of it after minutes, or not at all. */
final class BundleCheck implements Supplier<List<Check>> {

    /** How long the certificates in a bundle are good for from its build on (snc {@code createdisk.sh}). */
    private static final Duration FRESH = Duration.ofDays(30);

    private static final String OTHER = "another <bundle> (-Dcdk.bundle=…)";

    private final VmBundle bundle;
    private final CrcStartSettings settings;
    private final CrcInstallation tools;
    private final CrcVersion product;
    private final Instant now;

    BundleCheck(VmBundle bundle, CrcStartSettings settings, CrcInstallation tools, CrcVersion product, Instant now) {
        this.bundle = bundle;
        this.settings = settings;
        this.tools = tools;
        this.product = product;
        this.now = now;
    }

    @Override
    public List<Check> get() {
        Optional<Bundle> wanted = bundle.wanted();
        String subject = settings.bundle().map(BundleSource::toString).orElseGet(() -> wanted.map(Bundle::file)
                .orElse("bundle"));
        if (wanted.isEmpty()) {
            return List.of(Check.fail(
                    "bundle.name",
                    subject,
                    "this is not the name of a bundle, and crc identifies bundles by their names",
                    "<bundle> (-Dcdk.bundle=…) with the original name, such as crc_libvirt_4.19.3_amd64.crcbundle"));
        }
        List<Check> checks = new ArrayList<>(fits(subject, wanted.get()));
        checks.add(there(subject, wanted.get()));
        age(subject, wanted.get()).ifPresent(checks::add);
        return checks;
    }

    private List<Check> fits(String subject, Bundle wanted) {
        List<Check> checks = new ArrayList<>();
        String driver = Bundle.driverOf(System.getProperty("os.name", ""));
        String architecture = Bundle.architectureOf(System.getProperty("os.arch", ""));
        if (!wanted.driver().equals(driver) || !wanted.architecture().equals(architecture)) {
            checks.add(Check.fail(
                    "bundle.platform",
                    subject,
                    "it is for " + wanted.driver() + " on " + wanted.architecture() + ", but this machine is " + driver
                            + " on " + architecture,
                    OTHER));
        }
        Preset preset = tools.settings().preset();
        if (wanted.preset() != preset) {
            checks.add(Check.fail(
                    "bundle.preset",
                    subject,
                    "its preset is '" + wanted.preset() + "', but crc's is '" + preset + "'",
                    OTHER + ", or 'crc config set preset " + wanted.preset() + "'"));
        }
        bundle.defaultBundle()
                .filter(own -> own.preset() == wanted.preset() && !own.version().equals(wanted.version()))
                .ifPresent(own -> checks.add(Check.warn(
                        "bundle.version",
                        subject,
                        "crc " + product.crc() + " expects OpenShift " + own.version() + ", but this is "
                                + wanted.version() + ": allowed, but not tested by the crc project",
                        "the bundle " + own.file() + ", or the crc that belongs to this one")));
        return checks;
    }

    private Check there(String subject, Bundle wanted) {
        if (bundle.isUnpacked(wanted)) {
            return Check.ok("bundle.file", subject, "crc has unpacked it");
        }
        if (settings.bundle().isEmpty()) {
            return Check.fail(
                    "bundle.file",
                    subject,
                    "crc has not unpacked it, and would download it from the Internet",
                    "<bundle> (-Dcdk.bundle=…) with its file or its internal URL, or run once 'crc setup -b /path/to/"
                            + wanted.file() + "'");
        }
        try {
            return settings.bundle().get().file().isPresent()
                    ? ofFile(subject, settings.bundle().get().file().get())
                    : ofUrl(subject, bundle.fetch().orElseThrow());
        } catch (ProblemException e) {
            return fail(subject, e.problem());
        }
    }

    private Check ofFile(String subject, Path file) {
        if (!Files.isRegularFile(file) || !Files.isReadable(file)) {
            return Check.fail(
                    "bundle.file",
                    subject,
                    Files.exists(file) ? "this user cannot read it as a file" : "there is no such file",
                    "correct <bundle> (-Dcdk.bundle=…)");
        }
        if (bundle.isAtDefaultPath(file)) {
            return Check.fail(
                    "bundle.file",
                    subject,
                    "it is in crc's own cache folder, and for a bundle there crc looks up the checksum on the Internet (crc#4011)",
                    "move it out of " + tools.files().cache() + ", and name it there: <bundle> (-Dcdk.bundle=…)");
        }
        Optional<String> sum = settings.bundle().flatMap(BundleSource::sha256);
        if (sum.isEmpty()) {
            return Check.ok("bundle.file", subject, "is there; without <bundleSha256> it cannot be checked for damage");
        }
        String actual = BundleFetch.sha256(file);
        return actual.equals(sum.get())
                ? Check.ok("bundle.file", subject, "is there, and its SHA-256 matches")
                : Check.fail(
                        "bundle.file",
                        subject,
                        "its SHA-256 is " + actual + ", not " + sum.get(),
                        "copy it again, or correct <bundleSha256> (-Dcdk.bundleSha256=…)");
    }

    private Check ofUrl(String subject, BundleFetch fetch) {
        if (fetch.fetched().isPresent()) {
            return Check.ok(
                    "bundle.file",
                    subject,
                    "was already downloaded: " + fetch.fetched().get());
        }
        Optional<Problem> problem =
                fetch.look(Deadline.in(settings.registries().own().timeout()));
        if (problem.isPresent()) {
            return fail(subject, problem.get());
        }
        return settings.bundle().flatMap(BundleSource::sha256).isPresent()
                ? Check.ok("bundle.file", subject, "can be downloaded; the start does so, and checks its SHA-256")
                : Check.warn(
                        "bundle.file",
                        subject,
                        "can be downloaded, but without <bundleSha256> it cannot be checked",
                        "<bundleSha256> (-Dcdk.bundleSha256=…) with the checksum that 'sha256sum' prints for it");
    }

    private static Check fail(String subject, Problem problem) {
        return Check.fail("bundle.file", subject, problem.toSentence(), problem.fix());
    }

    /** Only an unpacked bundle tells when it was built. */
    private Optional<Check> age(String subject, Bundle wanted) {
        return builtAt(wanted)
                .map(built -> Duration.between(built, now))
                .map(
                        age -> age.compareTo(FRESH) < 0
                                ? Check.ok("bundle.age", subject, "was built " + age.toDays() + " days ago")
                                : tools.files().hasMachine()
                                        ? Check.ok(
                                                "bundle.age",
                                                subject,
                                                "was built " + age.toDays()
                                                        + " days ago; the VM created from it renews its certificates itself")
                                        : Check.warn(
                                                "bundle.age",
                                                subject,
                                                "was built " + age.toDays()
                                                        + " days ago: its certificates have expired, and the first start has to renew them, which takes up to"
                                                        + " half an hour and does not work for every bundle (crc#4981)",
                                                "use a newer bundle; or try this one once by hand, and then keep it fresh with 'crc bundle generate'"));
    }

    private Optional<Instant> builtAt(Bundle wanted) {
        String text = tools.files()
                .bundleInfo(wanted)
                .path("buildInfo")
                .path("buildTime")
                .asText("");
        try {
            return text.isBlank()
                    ? Optional.empty()
                    : Optional.of(OffsetDateTime.parse(text).toInstant());
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }
}
