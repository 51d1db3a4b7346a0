package io.github.cdkmaven.report;

import io.github.cdkmaven.problem.Problem;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Reports as goals would give them: a good run, a failed one, one that died half-way, a large one, a hostile one. */
final class SampleReports {

    static final Instant START = Instant.parse("2026-11-23T20:42:33Z");
    static final String REGISTRY = "registry.corp.example:5000";
    static final String DIGEST = "sha256:9f64a747e1b97f131fabb6b447296c9b6f0201e79fb3c5356e6c77e89b6a806a";

    private static final String PUBLIC = "registry.access.redhat.com";

    private SampleReports() {}

    /** A builder whose clock stands still at {@link #START} and whose run took 192.34 seconds. */
    static ReportBuilder builder(String goal) {
        AtomicLong readings = new AtomicLong();
        return new ReportBuilder(
                goal,
                Clock.fixed(START, ZoneOffset.UTC),
                () -> readings.getAndIncrement() == 0
                        ? 0
                        : Duration.ofMillis(192_340).toNanos());
    }

    static RunReport ok() {
        return common().stream(new StreamResult(
                        "openshift",
                        "jenkins",
                        List.of(
                                imported("1", "openshift3/jenkins-1-rhel7:v3.9"),
                                imported("2", "openshift3/jenkins-2-rhel7:v3.9"),
                                TagResult.skipped("latest", "An alias of tag 2: it follows by itself."))))
                .stream(new StreamResult(
                        "openshift",
                        "dotnet",
                        List.of(
                                imported("2.0", "dotnet/dotnet-20-rhel7:2.0"),
                                TagResult.unchanged("1.1", REGISTRY + "/dotnet/dotnetcore-11-rhel7:1.1", DIGEST))))
                .image(ImageFinding.of(
                        "pod default/router-1-x7k2p/router",
                        REGISTRY + "/openshift3/ose-haproxy-router:v3.9.14",
                        Verdict.INTERNAL))
                .image(ImageFinding.of("vm", REGISTRY + "/openshift3/ose:v3.9.14", Verdict.INTERNAL))
                .image(ImageFinding.of("vm", PUBLIC + "/openshift3/ose:v3.9.14", Verdict.ALLOWED)
                        .because("Put there by the seeded cache; its digest is the registry's own."))
                .succeeded()
                .build();
    }

    static RunReport failed() {
        return common()
                .check(Check.fail(
                        "registry.image",
                        REGISTRY + "/rhscl/ruby-24-rhel7:latest",
                        "404 NAME_UNKNOWN: repository name not known to registry",
                        "Mirror the image; cdk:images writes the list."))
                .stream(new StreamResult(
                        "openshift",
                        "ruby",
                        List.of(
                                imported("2.3", "rhscl/ruby-23-rhel7:latest"),
                                failed("2.4", "rhscl/ruby-24-rhel7:latest", Reason.NOT_FOUND),
                                failed("2.5", "rhscl/ruby-25-rhel7:latest", Reason.NOT_FOUND))))
                .stream(new StreamResult(
                        "openshift", "nginx", List.of(failed("1.8", "rhscl/nginx-18-rhel7:latest", Reason.OCI_ONLY))))
                .image(ImageFinding.of("pod shop/web-2-abcde/nginx", "docker.io/library/nginx:1.25", Verdict.EXTERNAL)
                        .because("<blockedRegistries> does not name docker.io"))
                .image(ImageFinding.of("vm", REGISTRY + "/openshift3/ose:v3.9.14", Verdict.INTERNAL))
                .note("The VM was created with other add-registry values than the POM names.")
                .problem(Problem.of(
                                "3 tags could not be imported from registry.corp.example:5000.",
                                "Mirror the images, or set <failOn>none</failOn> (-Dcdk.failOn=none).")
                        .with(
                                "openshift/ruby:2.4  NotFound",
                                "openshift/ruby:2.5  NotFound",
                                "openshift/nginx:1.8  OciOnly")
                        .loggedIn(Path.of("target", "cdk", "start.log")))
                .build();
    }

    /** The goal ended without a word while the streams were on their way. */
    static RunReport halfDone() {
        ReportBuilder builder = common().stream(new StreamResult(
                        "openshift",
                        "jenkins",
                        List.of(
                                planned("1", "openshift3/jenkins-1-rhel7:v3.9"),
                                planned("2", "openshift3/jenkins-2-rhel7:v3.9"))))
                .tag("openshift", "jenkins", imported("1", "openshift3/jenkins-1-rhel7:v3.9"));
        builder.begin("Verify");
        return builder.build();
    }

    /** Preflight found nearly every image missing: one cause, 165 subjects. */
    static RunReport nothingMirrored() {
        ReportBuilder builder = builder("preflight")
                .registry(REGISTRY)
                .cdk(CdkFacts.none().with(CdkFacts.Fact.ENGINE, "minishift").withVersion("3.10.0-1"))
                .check(Check.ok("registry.tls", REGISTRY, "TLS 1.3; the certificate is trusted until 2027-04-01."))
                .check(Check.ok("image.found", REGISTRY, "4 of 169 images are in the registry"));
        List<Check> missing = IntStream.range(0, 165)
                .mapToObj(i -> Check.fail(
                        "image.missing",
                        REGISTRY + "/rhscl/image-%d-rhel7:latest".formatted(i),
                        "the registry has no such image; needed for stream %d".formatted(i),
                        "Mirror the image; `cdk:images` writes the lists for it."))
                .toList();
        return builder.checks(missing)
                .step(new Step("Preflight", Duration.ofMillis(840), START))
                .problem(Problem.of(
                                "Preflight found 1 problem, so no VM was started.",
                                "Mirror the image; `cdk:images` writes the lists for it. Then run 'mvn cdk:preflight' again.")
                        .with("image.missing: 165 of 169 images are missing, such as "
                                + missing.stream().limit(3).map(Check::subject).collect(Collectors.joining(", "))))
                .build();
    }

    /** A cluster of another engine: tags that no mapping covers, images that came with the VM or are not proven. */
    static RunReport outside() {
        return builder("start")
                .registry(REGISTRY)
                .cdk(CdkFacts.none()
                        .with(CdkFacts.Fact.ENGINE, "crc")
                        .with(CdkFacts.Fact.API_URL, "https://api.crc.testing:6443")
                        .with(CdkFacts.Fact.CONTEXT, "crc-admin")
                        .with(CdkFacts.Fact.USER, "kubeadmin"))
                .stream(new StreamResult(
                        "openshift",
                        "tools",
                        List.of(
                                imported("1", "rhscl/tools:1"),
                                TagResult.outside("2", "quay.io/team/tools:2"),
                                TagResult.outside("3", "quay.io/team/tools:3"),
                                TagResult.outside("4", "team/tools:4"))))
                .image(ImageFinding.of("vm", "quay.io/openshift-release-dev/ocp@" + DIGEST, Verdict.BUNDLED))
                .image(ImageFinding.of("pod shop/web-1/app", "registry.redhat.io/ubi8/ubi:8.6", Verdict.UNPROVEN))
                .succeeded()
                .build();
    }

    /** A test failed, and the cluster was asked about it before it was stopped. */
    static RunReport evidence() {
        return builder("stop")
                .cdk(CdkFacts.none().with(CdkFacts.Fact.ENGINE, "minishift").withVersion("3.10.0-1"))
                .check(Check.warn(
                        "evidence.pod",
                        "shop: web-1-x",
                        "container app: CrashLoopBackOff",
                        "see the end of its log and the warnings of shop in this report"))
                .check(Check.ok(
                        "evidence.log", "shop: web-1-x/app", "Starting\njava.lang.IllegalStateException: no database"))
                .check(Check.ok("evidence.event", "shop: Pod web-1-x", "BackOff: Back-off restarting failed container"))
                .check(Check.ok("vm.stopped", "minishift", "stopped"))
                .note("A test failed. The evidence from shop is among the checks of this report.")
                .succeeded()
                .build();
    }

    /** So many streams of five tags each. */
    static RunReport large(int streams) {
        ReportBuilder builder = common();
        IntStream.range(0, streams)
                .forEach(i -> builder.stream(new StreamResult(
                        "openshift",
                        "stream-%04d".formatted(i),
                        IntStream.range(1, 6)
                                .mapToObj(tag -> (i + tag) % 23 == 0
                                        ? failed(
                                                "v" + tag,
                                                "team-%d/app-%d:%d".formatted(i % 7, i, tag),
                                                Reason.NOT_FOUND)
                                        : imported("v" + tag, "team-%d/app-%d:%d".formatted(i % 7, i, tag)))
                                .toList())));
        return builder.build();
    }

    /** Every text of the report is this one. */
    static RunReport hostile(String text) {
        return builder("start")
                .registry(text)
                .cdk(new CdkFacts(Arrays.stream(CdkFacts.Fact.values())
                        .filter(fact -> fact != CdkFacts.Fact.ENGINE)
                        .collect(Collectors.toMap(Function.identity(), fact -> text))))
                .check(Check.fail(text, text, text, text))
                .check(Check.warn(text, text, text, text))
                .stream(new StreamResult(text, text, List.of(TagResult.failed(text, text, text, Reason.OTHER, text))))
                .image(ImageFinding.of(text, text, Verdict.EXTERNAL).because(text))
                .step(new Step(text, Duration.ofSeconds(1), START))
                .note(text)
                .problem(Problem.of(text, text).with(text))
                .build();
    }

    static ReportBuilder common() {
        return builder("start")
                .registry(REGISTRY)
                .cdk(CdkFacts.none()
                        .with(CdkFacts.Fact.ENGINE, "minishift")
                        .withVersion("3.4.0-1")
                        .withMinishift("1.15.1")
                        .withOpenshift("v3.9.14")
                        .withProfile("minishift")
                        .withIp("192.168.42.7"))
                .check(Check.ok("registry.tls", REGISTRY, "TLS 1.3; the certificate is trusted until 2027-04-01."))
                .check(Check.ok("registry.login", REGISTRY, "Logged in as 'ci' (server 'registry.corp.example')."))
                .check(Check.warn(
                        "vm.proxyCa",
                        "192.168.42.7",
                        "The VM trusts minishift's built-in proxy CA, whose key is public: SHA-256 4F:3A:91:0C.",
                        "Use CDK 3.4 or remove the certificate from the VM's trust store."))
                .step(new Step("Preflight", Duration.ofMillis(840), START))
                .step(new Step("Start minishift", Duration.ofMillis(161_200), START.plusMillis(850)))
                .step(new Step("Log in", Duration.ofMillis(1_320), START.plusMillis(162_100)))
                .step(new Step("Move ImageStreams", Duration.ofMillis(11_480), START.plusMillis(163_500)))
                .step(new Step("Verify", Duration.ofMillis(17_100), START.plusMillis(175_000)));
    }

    private static TagResult planned(String tag, String path) {
        return TagResult.planned(tag, PUBLIC + "/" + path, REGISTRY + "/" + path);
    }

    private static TagResult imported(String tag, String path) {
        return TagResult.imported(tag, PUBLIC + "/" + path, REGISTRY + "/" + path, DIGEST);
    }

    static TagResult failed(String tag, String path, Reason reason) {
        return TagResult.failed(
                tag,
                PUBLIC + "/" + path,
                REGISTRY + "/" + path,
                reason,
                "dockerimage.image.openshift.io \"" + REGISTRY + "/" + path + "\" not found");
    }
}
