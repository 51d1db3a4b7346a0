package io.github.cdkmaven.sim.crc;

import io.github.cdkmaven.sim.minishift.Call;
import io.github.cdkmaven.sim.minishift.World;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.TimeUnit;

/** One start of {@code crc}: who called it, which release it is, and where it keeps its things. */
record CrcRun(Call call, ShippedCrc release, DotCrc folder, StoredKeys properties) {

    static CrcRun of(Call call) {
        World world = call.world();
        ShippedCrc release = ShippedCrc.named(world.setting("crc").asText());
        Path home = Path.of(call.env("HOME")).toAbsolutePath().normalize();
        // Never the home of whoever runs the tests.
        Path inside = home.startsWith(world.root()) ? home : world.accountHome();
        DotCrc folder = new DotCrc(inside, release);
        folder.create();
        return new CrcRun(call, release, folder, new StoredKeys(call, release, folder));
    }

    World world() {
        return call.world();
    }

    boolean has(CrcFault fault) {
        return has(world(), fault);
    }

    static boolean has(World world, CrcFault fault) {
        for (var name : world.setting("crcFaults")) {
            if (name.asText().equals(fault.name())) {
                return true;
            }
        }
        return false;
    }

    String preset() {
        return properties.preset();
    }

    boolean isUserMode() {
        return properties.text("network-mode").equals("user");
    }

    SimulatedVm vm() {
        return new SimulatedVm(this);
    }

    void info(String message) {
        log("info", message);
    }

    void warn(String message) {
        log("warning", message);
    }

    void log(String level, String message) {
        line("level=" + level + " msg=" + GoText.logged(message));
    }

    /** A line to stderr, and to the log file, which everything goes to. */
    void line(String line) {
        call.complain(line);
        try {
            byte[] bytes = (line + "\n").getBytes(StandardCharsets.UTF_8);
            Files.write(folder.log(), bytes, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The end of a look-up of a host that is not of this world, told as Go tells it. */
    String unresolved(String host, String by) {
        world().outside(host, by);
        return "dial tcp: lookup " + host + " on 127.0.0.53:53: dial udp 127.0.0.53:53: connect: network is unreachable";
    }

    /** Looks for a newer crc, unless it is told not to; says nothing of it when that fails. */
    void checkForUpdate(boolean off) {
        if (off || properties.isOn("disable-update-check")) {
            return;
        }
        world().outside("developers.redhat.com", "update check");
        if (has(CrcFault.UPDATE_CHECK_HANGS)) {
            hang();
        }
    }

    /** A part of the time that this world's starts take. */
    void pause(double part) {
        sleep(Math.round(world().startSeconds() * part * 1000));
    }

    static void sleep(long millis) {
        try {
            TimeUnit.MILLISECONDS.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw VerbFailure.of(VerbFailure.Kind.KILLED, "interrupted");
        }
    }

    static void hang() {
        sleep(TimeUnit.DAYS.toMillis(1));
    }
}
