package io.github.cdkmaven.sim.minishift;

import io.github.cdkmaven.sim.crc.CrcProgram;
import io.github.cdkmaven.sim.crc.NodeSsh;
import io.github.cdkmaven.sim.oc.Oc;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** What the launchers in {@code bin} run: {@code Main <folder of the world> minishift|crc|ssh|oc:<version> arguments…}. */
public final class Main {

    private Main() {}

    public static void main(String[] arguments) {
        AtomicInteger status = new AtomicInteger(1);
        try {
            status.set(run(arguments, System.in, stream(FileDescriptor.out), stream(FileDescriptor.err)));
        } finally {
            Runtime.getRuntime().halt(status.get());
        }
    }

    /** One call, which ends with its exit status instead of ending the process. */
    public static int run(String[] arguments, InputStream input, PrintStream out, PrintStream err) {
        World world = World.at(Path.of(arguments[0]));
        String program = arguments[1];
        List<String> rest = List.of(arguments).subList(2, arguments.length);
        StandardInput in = new StandardInput(input);
        Call call = new Call(world, rest, System.getenv(), in, out, err);
        InvocationRecord invocation = InvocationRecord.begin(call, program);
        AtomicInteger status = new AtomicInteger(1);
        try {
            status.set(run(program, call));
            return status.get();
        } finally {
            invocation.end(status.get(), in.state());
        }
    }

    private static PrintStream stream(FileDescriptor descriptor) {
        return new PrintStream(new FileOutputStream(descriptor), true, StandardCharsets.UTF_8);
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
