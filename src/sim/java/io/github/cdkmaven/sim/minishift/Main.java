package io.github.cdkmaven.sim.minishift;

import io.github.cdkmaven.sim.crc.CrcProgram;
import io.github.cdkmaven.sim.crc.NodeSsh;
import io.github.cdkmaven.sim.oc.Oc;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

/** What the launchers in {@code bin} run: {@code Main <folder of the world> minishift|crc|ssh|oc:<version> arguments…}. */
public final class Main {

    private Main() {}

    /** Commands that are done within a moment, so that nobody sends them a signal. */
    private static final Set<String> SHORT = Set.of(
            "version", "status", "ip", "console", "config", "logs", "openshift", "profile", "profiles", "oc-env", "docker-env", "ssh");

    public static void main(String[] arguments) {
        AtomicInteger status = new AtomicInteger(1);
        try {
            List<String> rest = List.of(arguments).subList(2, arguments.length);
            Call call = new Call(
                    World.at(Path.of(arguments[0])),
                    rest,
                    System.getenv(),
                    System.in,
                    stream(FileDescriptor.out),
                    stream(FileDescriptor.err));
            status.set(run(call, arguments[1], ProcessHandle.current()));
        } finally {
            Runtime.getRuntime().halt(status.get());
        }
    }

    private static PrintStream stream(FileDescriptor descriptor) {
        return new PrintStream(new FileOutputStream(descriptor), true, StandardCharsets.UTF_8);
    }

    /** Not those of {@code oc}, which resolves names by the hosts file of its world. */
    public static boolean hasShortCommands(String program) {
        return !program.startsWith("oc:");
    }

    /** Whether a call may run in a process that goes on afterwards, instead of in one of its own. */
    public static boolean isShort(World world, String program, List<String> arguments) {
        int command = 0;
        while (command < arguments.size() && arguments.get(command).startsWith("-")) {
            command += List.of("--profile", "--log-level").contains(arguments.get(command)) ? 2 : 1;
        }
        boolean moment = command < arguments.size()
                && SHORT.contains(arguments.get(command))
                && !arguments.subList(command, arguments.size()).contains("set");
        return switch (program) {
            case "minishift" -> moment;
            case "crc" -> moment && !CrcProgram.hangs(world);
            default -> hasShortCommands(program);
        };
    }

    /**
     * One call, which ends with its exit status instead of ending the process.
     *
     * @param process the one that was called
     */
    public static int run(Call call, String program, ProcessHandle process) {
        StandardInput in = new StandardInput(call.in());
        InvocationRecord invocation = InvocationRecord.begin(call, program, process);
        AtomicInteger status = new AtomicInteger(1);
        try {
            status.set(run(program, call.reading(in)));
            return status.get();
        } finally {
            invocation.end(status.get(), in.state());
        }
    }

    private static int run(String program, Call call) {
        if (program.startsWith("oc:")) {
            return Oc.run(call, program.substring("oc:".length()));
        }
        if (program.equals("crc")) {
            return CrcProgram.run(call);
        }
        if (program.equals("ssh")) {
            return NodeSsh.run(call);
        }
        return SimulatedMinishift.run(call);
    }
}
