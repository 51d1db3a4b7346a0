package io.github.cdkmaven.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.github.cdkmaven.problem.Problem;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A report in the making")
class ReportBuilderTest {

    private final AtomicLong nanos = new AtomicLong();
    private final ReportBuilder builder =
            new ReportBuilder("start", Clock.fixed(SampleReports.START, ZoneOffset.UTC), nanos::get);

    @Test
    @DisplayName("says failed until the goal declared success")
    void saysFailedUntilSuccess() {
        assertThat(builder.build().outcome()).isEqualTo(Outcome.FAILED);
        assertThat(builder.succeeded().build().outcome()).isEqualTo(Outcome.OK);
    }

    @Test
    @DisplayName("says failed when a problem came after the success")
    void problemOutweighsSuccess() {
        builder.succeeded().problem(Problem.of("The VM is still running.", "Stop it."));

        assertThat(builder.build().outcome()).isEqualTo(Outcome.FAILED);
    }

    @Test
    @DisplayName("keeps the first problem and turns those that followed into notes")
    void keepsTheFirstProblem() {
        RunReport report = builder.problem(Problem.of("The start failed.", "Look."))
                .problem(Problem.of("The roll-back failed too.", "Stop the VM."))
                .build();

        assertThat(report.problem()).contains(Problem.of("The start failed.", "Look."));
        assertThat(report.notes()).containsExactly("The roll-back failed too. Fix: Stop the VM.");
    }

    @Test
    @DisplayName("sorts streams, keeps a stream's own order of tags, and replaces a planned tag in its place")
    void ordersStreamsAndReplacesTags() {
        RunReport report = builder.stream(new StreamResult(
                        "openshift",
                        "ruby",
                        List.of(TagResult.planned("2.4", "a", "b"), TagResult.planned("2.3", "c", "d"))))
                .tag("openshift", "jenkins", TagResult.skipped("latest", "alias"))
                .tag("ci", "zulu", TagResult.skipped("latest", "alias"))
                .tag("openshift", "ruby", TagResult.imported("2.4", "a", "b", SampleReports.DIGEST))
                .build();

        assertThat(report.imageStreams())
                .extracting(StreamResult::fullName)
                .containsExactly("ci/zulu", "openshift/jenkins", "openshift/ruby");
        assertThat(report.imageStreams().get(2).tags())
                .extracting(TagResult::tag, TagResult::outcome)
                .containsExactly(tuple("2.4", TagOutcome.IMPORTED), tuple("2.3", TagOutcome.PLANNED));
    }

    @Test
    @DisplayName("completes and overrules facts about the CDK")
    void completesFacts() {
        RunReport report = builder.cdk(CdkFacts.none().withVersion("3.4.0-1").withOpenshift("v3.9.0"))
                .cdk(CdkFacts.none().withOpenshift("v3.9.14").withIp("192.168.42.7"))
                .build();

        assertThat(report.cdk())
                .isEqualTo(CdkFacts.none()
                        .withVersion("3.4.0-1")
                        .withOpenshift("v3.9.14")
                        .withIp("192.168.42.7"));
    }

    @Test
    @DisplayName("times a step, also one that fails, and one that still runs")
    void timesSteps() {
        String answer = builder.step("Preflight", () -> {
            nanos.addAndGet(Duration.ofSeconds(2).toNanos());
            return "done";
        });
        assertThatThrownBy(() -> builder.step("Log in", () -> {
                    nanos.addAndGet(Duration.ofSeconds(3).toNanos());
                    throw new IOException("refused");
                }))
                .isInstanceOf(IOException.class);
        builder.begin("Verify");
        nanos.addAndGet(Duration.ofSeconds(5).toNanos());
        RunReport report = builder.build();

        assertThat(answer).isEqualTo("done");
        assertThat(report.steps())
                .containsExactly(
                        new Step("Preflight", Duration.ofSeconds(2), SampleReports.START),
                        new Step("Log in", Duration.ofSeconds(3), SampleReports.START),
                        new Step("Verify", Duration.ofSeconds(5), SampleReports.START));
        assertThat(report.took()).isEqualTo(Duration.ofSeconds(10));
    }

    @Test
    @DisplayName("does not lengthen a step that is ended twice")
    void endsAStepOnce() {
        ReportBuilder.RunningStep step = builder.begin("Stop");
        nanos.set(Duration.ofSeconds(1).toNanos());
        step.end();
        nanos.set(Duration.ofSeconds(9).toNanos());
        step.end();

        assertThat(builder.build().steps().get(0).took()).isEqualTo(Duration.ofSeconds(1));
    }

    @Test
    @DisplayName("loses nothing when many threads tell at once")
    void isThreadSafe() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try {
            threads.invokeAll(IntStream.range(0, 400)
                    .<Callable<RunReport>>mapToObj(
                            i -> () -> builder.tag("openshift", "stream-" + i % 20, TagResult.skipped("v" + i, "alias"))
                                    .check(Check.ok("id", "subject " + i, "fine"))
                                    .build())
                    .toList());
        } finally {
            threads.shutdown();
        }

        assertThat(builder.build().summary().tags()).isEqualTo(400);
        assertThat(builder.build().summary().streams()).isEqualTo(20);
        assertThat(builder.build().checks()).hasSize(400);
    }

    @Test
    @DisplayName("counts: planned tags are in the whole only, seconds are rounded to tenths")
    void counts() {
        RunReport failed = SampleReports.failed();
        RunReport half = SampleReports.halfDone();
        RunReport ok = SampleReports.ok();

        assertThat(failed.summary()).isEqualTo(new Summary(2, 4, 1, 0, 0, 0, 3, 1, 192.3));
        assertThat(half.summary()).isEqualTo(new Summary(1, 2, 1, 0, 0, 0, 0, 0, 192.3));
        assertThat(half.summary().planned()).isEqualTo(1);
        assertThat(ok.summary()).isEqualTo(new Summary(2, 5, 3, 1, 1, 0, 0, 0, 192.3));
        assertThat(ok.summary().planned()).isZero();
    }

    @Test
    @DisplayName("no longer warns of what has come out well since, and fits each fix to the build")
    void settledAndFitted() {
        ReportBuilder report = new ReportBuilder("start").advising(fix -> fix.replace(" (-Dcdk.home)", ""));
        report.check(Check.warn("host.driver", "kvm", "seems not to be ready", "set it up"))
                .check(Check.warn("host.memory", "4 GB", "little", "<home> (-Dcdk.home)"))
                .settled("host.driver", "it works");

        assertThat(report.build().checks(CheckOutcome.WARN)).singleElement().satisfies(check -> assertThat(check.fix())
                .contains("<home>"));
        assertThat(report.build().checks(CheckOutcome.OK)).containsExactly(Check.ok("host.driver", "kvm", "it works"));
    }
}
