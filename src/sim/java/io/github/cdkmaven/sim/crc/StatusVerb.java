package io.github.cdkmaven.sim.crc;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.cdkmaven.sim.minishift.Flag;
import io.github.cdkmaven.sim.minishift.JsonFile;
import io.github.cdkmaven.sim.minishift.ParsedFlags;
import java.nio.file.Files;
import java.util.List;

/** {@code status}: what the daemon knows. Without a daemon nothing is known, also not whether crc was set up. */
final class StatusVerb extends Verb {

    private static final long DISK_SIZE = 32_738_574_336L;
    private static final long DISK_USE = 17_012_345_678L;
    private static final long RAM_SIZE = 11_000_000_000L;
    private static final long RAM_USE = 8_000_000_000L;

    private final ObjectNode result = JsonFile.object();

    @Override
    List<Flag> flags() {
        return List.of(output(), Flag.toggle("watch", "").shortly("w"));
    }

    @Override
    String run(CrcRun run, ParsedFlags flags) {
        if (!Files.exists(run.folder().socket()) || run.has(CrcFault.DAEMON_SLOW)) {
            throw new VerbFailure("crc does not seem to be setup correctly, have you run 'crc setup'?");
        }
        requireMachine(run);
        SimulatedVm vm = run.vm();
        boolean running = vm.isRunning();
        String state = running ? "Running" : "Stopped";
        String cluster = running ? cluster(vm) : "Stopped";
        result.put("success", true)
                .put("crcStatus", state)
                .put("openshiftStatus", cluster)
                .put("openshiftVersion", vm.text("version"));
        if (running) {
            result.put("diskUsage", DISK_USE).put("diskSize", DISK_SIZE);
        }
        long cache = run.folder().cacheUsage();
        result.put("cacheUsage", cache).put("cacheDir", run.folder().cache().toString());
        if (running) {
            result.put("ramSize", RAM_SIZE).put("ramUsage", RAM_USE);
        }
        if (running && vm.isMicroshift()) {
            result.put("persistentVolumeUsage", 16_106_127_360L);
        }
        result.put("preset", vm.text("preset"));
        if (flags.isOn("watch")) {
            CrcRun.hang();
        }
        String label = String.format("%-17s", name(vm.text("preset")) + ":");
        return "CRC VM:          " + state + "\n"
                + label + cluster + " (v" + vm.text("version") + ")\n"
                + (running
                        ? "RAM Usage:       " + GoText.size(RAM_USE) + " of " + GoText.size(RAM_SIZE) + "\n"
                        : "")
                + "Disk Usage:      " + GoText.size(running ? DISK_USE : 0) + " of "
                + GoText.size(running ? DISK_SIZE : 0) + " (Inside the CRC VM)\n"
                + "Cache Usage:     " + GoText.size(cache) + "\n"
                + "Cache Directory: " + run.folder().cache();
    }

    /** How a preset is called where people read. */
    static String name(String preset) {
        return switch (preset) {
            case "okd" -> "OKD";
            case "microshift" -> "MicroShift";
            default -> "OpenShift";
        };
    }

    private static String cluster(SimulatedVm vm) {
        return vm.answers() ? vm.inside().path("operators").asText() : "Unreachable";
    }

    @Override
    ObjectNode json(String error) {
        return error.isEmpty() ? result : succeeded(error).put("preset", "");
    }
}
