package io.github.cdkmaven.world;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cdkmaven.world.BuildProcess.Signal;
import io.github.cdkmaven.world.DyingBuild.Point;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Real builds by a real Maven that are ended by real signals, and builds that meet on one VM; for the script of {@code it/dying-builds}. They
 * take what the project's own undisturbed build has put into the local repository.
 */
public final class DyingBuilds {

    private static final Logger LOG = LoggerFactory.getLogger(DyingBuilds.class);
    private static final int AT_ONCE = 2;

    private final Path project;
    private final Path localRepository;

    /**
     * The builds of a project.
     *
     * @param basedir the project, built already
     */
    public DyingBuilds(File basedir, File localRepository) {
        this.project = basedir.toPath();
        this.localRepository = localRepository.toPath();
    }

    /** Runs all that are named so, two at a time. */
    public void run(String pattern) throws InterruptedException {
        ExecutorService threads = Executors.newFixedThreadPool(AT_ONCE);
        Map<String, Future<?>> results = new LinkedHashMap<>();
        cases().forEach((name, work) -> {
            if (name.matches(pattern)) {
                results.put(name, threads.submit(() -> timed(name, work)));
            }
        });
        threads.shutdown();
        List<String> failures = new ArrayList<>();
        for (Map.Entry<String, Future<?>> result : results.entrySet()) {
            try {
                result.getValue().get();
            } catch (ExecutionException e) {
                failures.add(result.getKey() + ": " + e.getCause());
            }
        }
        assertThat(results).isNotEmpty();
        assertThat(failures).as("builds that went wrong").isEmpty();
    }

    private static void timed(String name, Runnable work) {
        long begin = System.nanoTime();
        work.run();
        LOG.info("{}: {} s", name, (System.nanoTime() - begin) / 1_000_000_000);
    }

    private Map<String, Runnable> cases() {
        Map<String, Runnable> cases = new LinkedHashMap<>();
        cases.put("two-builds", this::twoBuilds);
        for (Point point : Point.values()) {
            for (Signal signal : signals(point)) {
                String name = (point + "-" + signal).toLowerCase(java.util.Locale.ROOT);
                cases.put(name, () -> ended(name, point, signal));
            }
        }
        cases.put("by-hand-int", () -> byHand("by-hand-int", Point.TESTS, Signal.INT));
        cases.put("by-hand-kill", () -> byHand("by-hand-kill", Point.TESTS, Signal.KILL));
        return cases;
    }

    /**
     * Ctrl-C at every point. SIGTERM, which reaches Maven alone, where a program runs that Maven has started; SIGKILL where it leaves
     * something behind.
     */
    private static Set<Signal> signals(Point point) {
        return switch (point) {
            case PREFLIGHT -> EnumSet.of(Signal.INT);
            case MOVE -> EnumSet.of(Signal.INT, Signal.KILL);
            case BOOT, STOP -> EnumSet.of(Signal.INT, Signal.TERM, Signal.KILL);
            case TESTS -> EnumSet.of(Signal.INT, Signal.TERM);
        };
    }

    /** Nothing of the build is left; after kill -9, nothing is left when the next build has ended. */
    private void ended(String name, Point point, Signal signal) {
        try (DyingBuild site = new DyingBuild(this, name, point)) {
            BuildProcess build = site.end(point, signal);
            String log = build.log();
            if (signal == Signal.KILL) {
                log += succeeds(site);
            }
            assertThat(site.leftOver()).as("left over after this: %s", log).isEmpty();
        }
    }

    /** Whatever happens to builds, a VM that somebody has started by hand goes on. */
    private void byHand(String name, Point point, Signal signal) {
        try (DyingBuild site = new DyingBuild(this, name, point)) {
            site.startByHand();
            BuildProcess build = site.end(point, signal);
            String log = build.log();
            if (signal == Signal.KILL) {
                log += succeeds(site);
            }
            assertThat(site.life())
                    .as("what happened to the VM in this: %s", log)
                    .containsExactly("start");
            assertThat(site.cdk().status()).contains("Minishift:  Running").contains("OpenShift:  Running");
        }
    }

    private static String succeeds(DyingBuild site) {
        BuildProcess next = site.begin(Point.BOOT);
        assertThat(next.end())
                .as("the next build's exit status: %s", next.log())
                .isZero();
        return "\n=== the next build ===\n" + next.log();
    }

    /** Two builds that want the same VM at the same moment: it is started once, and stopped by the last. */
    private void twoBuilds() {
        try (DyingBuild site = new DyingBuild(this, "two-builds", Point.PREFLIGHT)) {
            BuildProcess one = site.begin(Point.BOOT);
            BuildProcess other = site.begin(Point.BOOT);

            assertThat(one.end()).as(one.log()).isZero();
            assertThat(other.end()).as(other.log()).isZero();
            assertThat(site.life()).as(one.log() + other.log()).containsExactly("start", "stop");
            assertThat(one.log() + other.log())
                    .contains(
                            "Waiting for the VM 'minishift', which is being started or stopped by the build of example.corp:quick")
                    .contains("The VM is left running for the build of example.corp:quick");
            assertThat(site.leftOver()).isEmpty();
        }
    }

    Path folder() {
        return project.resolve("builds");
    }

    Path localRepository() {
        return localRepository;
    }

    /** What the Invoker has made of the settings for all projects. */
    Path settings() {
        return project.resolveSibling("interpolated-settings.xml");
    }

    /** The Invoker puts the plugin's version into the first POM only. */
    private void complete(Path pom) {
        Pattern version = Pattern.compile("cdk-maven-plugin</artifactId>\\s*<version>([^<]+)");
        try {
            Matcher found = version.matcher(Files.readString(project.resolve("pom.xml")));
            assertThat(found.find()).isTrue();
            Files.writeString(pom, Files.readString(pom).replace("@project.version@", found.group(1)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A project of a build's own. */
    Path copyOf(String part, Path to) {
        if (part.isEmpty()) {
            for (String name : List.of("pom.xml", "src", "target/classes", "target/test-classes")) {
                Path from = project.resolve(name);
                if (Files.exists(from)) {
                    to.resolve(name).getParent().toFile().mkdirs();
                    DyingBuild.copy(from, to.resolve(name));
                }
            }
        } else {
            DyingBuild.copy(project.resolve(part), to);
            complete(to.resolve("pom.xml"));
        }
        return to;
    }
}
