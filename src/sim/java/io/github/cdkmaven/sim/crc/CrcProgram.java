package io.github.cdkmaven.sim.crc;

import io.github.cdkmaven.sim.minishift.Call;
import io.github.cdkmaven.sim.minishift.Flag;
import io.github.cdkmaven.sim.minishift.ParsedFlags;
import io.github.cdkmaven.sim.minishift.World;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** The simulated {@code crc}: finds the command and ends with its status, which is 0 for every failure in JSON. */
public final class CrcProgram {

    private static final Map<String, Supplier<Verb>> VERBS = Map.ofEntries(
            Map.entry("version", VersionVerb::new),
            Map.entry("status", StatusVerb::new),
            Map.entry("setup", SetupVerb::new),
            Map.entry("start", StartVerb::new),
            Map.entry("stop", StopVerb::new),
            Map.entry("delete", DeleteVerb::new),
            Map.entry("console", ConsoleVerb::new),
            Map.entry("dashboard", ConsoleVerb::new),
            Map.entry("config", ConfigVerb::new),
            Map.entry("cleanup", CleanupVerb::new),
            Map.entry("ip", () -> new MachineVerb("ip")),
            Map.entry("oc-env", () -> new MachineVerb("oc-env")),
            Map.entry("podman-env", () -> new MachineVerb("podman-env")));

    private CrcProgram() {}

    /** Names that a world can be told to be of. */
    public static List<String> versions() {
        return ShippedCrc.versions();
    }

    /** The OpenShift in the bundle of a preset. */
    public static String bundled(String version, String preset) {
        return ShippedCrc.named(version).bundled(preset);
    }

    /** The file name of the bundle that a version expects for a preset. */
    public static String bundleName(String version, String preset) {
        return ShippedCrc.named(version).bundleName(preset);
    }

    /** Where the VM of a world answers. */
    public static String address(World world) {
        return SimulatedVm.address(world);
    }

    /** Whether something ails a world that lets commands wait for ever. */
    public static boolean hangs(World world) {
        return Stream.of(CrcFault.KEYRING_LOCKED, CrcFault.UPDATE_CHECK_HANGS)
                .anyMatch(fault -> CrcRun.has(world, fault));
    }

    /** Lets a cluster that runs ail from what the world now says. */
    public static void ail(Call call) {
        CrcRun.of(call).vm().ail();
    }

    /** Lets the operators of a cluster come to their end. */
    public static void settle(Call call) {
        CrcRun.of(call).vm().settle();
    }

    /** Ends the API server of a VM, which goes on running. */
    public static void endApi(Call call) {
        CrcRun.of(call).vm().endCluster();
    }

    /** Takes the daemon's socket away. */
    public static void endDaemon(Call call) {
        DotCrc.remove(CrcRun.of(call).folder().socket());
    }

    /** @return the exit status */
    public static int run(Call call) {
        if (call.env("HOME").isEmpty()) {
            call.complain("panic: Failed to get homeDir: $HOME is not defined\n\ngoroutine 1 [running]:");
            return 2;
        }
        CrcRun run = CrcRun.of(call);
        try {
            probeKeyring(run);
            warnOfPreset(run);
            warnOfProxy(run);
            if (run.properties().text("consent-telemetry").equals("yes")) {
                run.world().outside("api.segment.io", "telemetry");
            }
            return dispatch(run);
        } catch (VerbFailure e) {
            return told(run, e);
        }
    }

    /** Every command writes to the keyring before it reads its arguments (crc secret_config.go:69). */
    private static void probeKeyring(CrcRun run) {
        String bus = run.call().env("DBUS_SESSION_BUS_ADDRESS");
        boolean unreachable = bus.startsWith("unix:path=") && !Files.exists(Path.of(bus.substring(10)));
        if (run.has(CrcFault.KEYRING_LOCKED) && !unreachable) {
            CrcRun.hang();
        }
    }

    private static void warnOfPreset(CrcRun run) {
        String given = run.properties().text("preset");
        if (!run.release().presets().contains(given)) {
            run.line(now() + " level=error msg=" + GoText.quoted("unexpected preset mode " + given + ", using default"));
        }
    }

    /** A bad one is no error since 2.11 (crc#3098). */
    private static void warnOfProxy(CrcRun run) {
        String proxy = run.call().env("HTTP_PROXY");
        if (!proxy.isEmpty() && !proxy.startsWith("http://")) {
            run.line(now() + " level=warning msg="
                    + GoText.quoted("Please check HTTP_PROXY env variable: HTTP proxy URL '" + proxy
                            + "' is not valid: url should start with http://"));
        }
    }

    private static String now() {
        return "time=\"" + Instant.now().truncatedTo(ChronoUnit.SECONDS) + "\"";
    }

    private static int dispatch(CrcRun run) {
        List<String> arguments = new ArrayList<>(run.call().arguments());
        int command = 0;
        while (command < arguments.size() && arguments.get(command).startsWith("-")) {
            command += arguments.get(command).equals("--log-level") ? 2 : 1;
        }
        if (command >= arguments.size()) {
            run.call().println("No command given\nCRC is a tool that manages a local OpenShift 4.x cluster");
            return 0;
        }
        String name = arguments.remove(command);
        Supplier<Verb> known = VERBS.get(name);
        if (known == null) {
            throw VerbFailure.of(
                    VerbFailure.Kind.BEFORE_LOG, "unknown command " + GoText.quoted(name) + " for \"crc\"");
        }
        return execute(run, known.get(), arguments);
    }

    private static int execute(CrcRun run, Verb verb, List<String> arguments) {
        ParsedFlags flags = parse(verb, arguments);
        String format = flags.text("output").orElse("");
        if (!format.isEmpty() && !format.equals("json")) {
            throw VerbFailure.of(VerbFailure.Kind.BEFORE_RESULT, "invalid format: " + format);
        }
        boolean json = !format.isEmpty();
        try {
            String text = verb.run(run, flags);
            if (json) {
                run.call().println(GoText.json(verb.json("")));
            } else if (!text.isEmpty()) {
                run.call().println(text);
            }
            return 0;
        } catch (VerbFailure e) {
            if (json && e.kind() == VerbFailure.Kind.RESULT) {
                run.call().println(GoText.json(verb.json(run.release().worded(e.text()))));
                return 0;
            }
            throw e;
        }
    }

    private static ParsedFlags parse(Verb verb, List<String> arguments) {
        List<Flag> known = new ArrayList<>(verb.flags());
        known.add(Flag.text("log-level", ""));
        try {
            return ParsedFlags.of(arguments, known);
        } catch (ParsedFlags.InvalidFlag e) {
            throw VerbFailure.of(VerbFailure.Kind.BEFORE_LOG, String.valueOf(e.getMessage()));
        }
    }

    private static int told(CrcRun run, VerbFailure failure) {
        String text = run.release().worded(failure.text());
        switch (failure.kind()) {
            case KILLED -> {}
            case FATAL -> run.log("fatal", text);
            default -> {
                if (!run.release().logsErrors()) {
                    run.line(text);
                } else if (failure.kind() == VerbFailure.Kind.BEFORE_LOG) {
                    run.line(now() + " level=error msg=" + GoText.logged(text));
                } else {
                    run.log("error", text);
                }
            }
        }
        return failure.status();
    }
}
