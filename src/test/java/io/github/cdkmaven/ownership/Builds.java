package io.github.cdkmaven.ownership;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;

/** Builds for tests: such that live, and such that were killed. */
public final class Builds {

    private Builds() {}

    /** A build of this process. */
    public static Build living(String project) {
        return new Build(project, true, ProcessStamp.current(), project, project);
    }

    /** One whose process has ended. */
    public static Build dead(String project) {
        return new Build(project, true, endedProcess(), project, project);
    }

    /** Somebody who calls goals by hand. */
    public static Build byHand(String folder) {
        return new Build(folder, false, ProcessStamp.current(), folder, folder);
    }

    /** Another module of a build. */
    public static Build module(Build build, String module) {
        return new Build(build.id(), build.bound(), build.process(), build.project(), module);
    }

    private static ProcessStamp endedProcess() {
        try {
            Process process = new ProcessBuilder("true").start();
            ProcessStamp stamp = ProcessStamp.of(process.toHandle());
            process.waitFor();
            return stamp.started().equals(Instant.EPOCH) ? new ProcessStamp(stamp.pid(), Instant.MIN) : stamp;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
