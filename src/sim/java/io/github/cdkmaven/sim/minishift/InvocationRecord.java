package io.github.cdkmaven.sim.minishift;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/** Journals one invocation: a line when it begins, a line when it ends. */
final class InvocationRecord {

    private final World world;
    private final String id = UUID.randomUUID().toString();

    private InvocationRecord(World world) {
        this.world = world;
    }

    static InvocationRecord begin(Call call, String program, ProcessHandle process) {
        call.world().remember(process);
        InvocationRecord invocation = new InvocationRecord(call.world());
        ObjectNode line = invocation.line("begin");
        line.put("program", program.startsWith("oc:") ? "oc" : program);
        line.put("pid", process.pid());
        ArrayNode arguments = line.putArray("arguments");
        call.arguments().forEach(arguments::add);
        ArrayNode processes = line.putArray("processes");
        visible(process).ifPresent(processes::add);
        process.parent().flatMap(InvocationRecord::visible).ifPresent(processes::add);
        ObjectNode environment = line.putObject("environment");
        call.environment().forEach((name, value) -> {
            if (isOfInterest(name)) {
                environment.put(name, value);
            }
        });
        JsonFile.append(call.world().invocations(), line);
        return invocation;
    }

    /** What everybody on this machine can see of a process while it runs; empty where there is no {@code /proc}. */
    private static Optional<String> visible(ProcessHandle process) {
        try {
            return Optional.of(Files.readString(
                            Path.of("/proc", Long.toString(process.pid()), "cmdline"), StandardCharsets.ISO_8859_1)
                    .replace('\0', '\n'));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private static boolean isOfInterest(String name) {
        return name.startsWith("MINISHIFT_")
                || name.startsWith("CRC_")
                || name.equals("DBUS_SESSION_BUS_ADDRESS")
                || name.equals("KUBECONFIG")
                || name.equals("HOME")
                || name.equals("GH_TOKEN")
                || name.toLowerCase(java.util.Locale.ROOT).endsWith("_proxy");
    }

    void end(int exit, String stdin) {
        JsonFile.append(world.invocations(), line("end").put("exit", exit).put("stdin", stdin));
    }

    private ObjectNode line(String event) {
        return JsonFile.object()
                .put("event", event)
                .put("id", id)
                .put("at", Instant.now().toString());
    }
}
