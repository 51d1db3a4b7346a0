package io.github.cdkmaven.sim.minishift;

import io.github.cdkmaven.sim.Lie;
import java.util.List;
import java.util.Locale;

/** {@code minishift status}: one word without a VM, else four to six lines by release. */
final class StatusCommand {

    private StatusCommand() {}

    static void run(Session session) {
        Usage.parse(session.call(), "status", List.of());
        if (session.world().lies(Lie.STATUS_FAILS)) {
            throw ExitException.failure(
                    "Error getting cluster status: Error getting the VM state: error in libvirt: connection lost");
        }
        session.call().print(text(session));
    }

    static String text(Session session) {
        if (!session.home().hasMachine() || !session.vm().exists()) {
            return "Does Not Exist\n";
        }
        SimulatedGeneration generation = session.generation();
        boolean running = session.vm().isRunning();
        StringBuilder status = new StringBuilder();
        status.append("Minishift:  ").append(running ? "Running" : "Stopped").append('\n');
        status.append("Profile:    ").append(session.profile()).append('\n');
        status.append("OpenShift:  ").append(openshift(session)).append('\n');
        status.append("DiskUsage:  ")
                .append(running ? disk(session) : "Unknown")
                .append('\n');
        if (generation.statusShowsCacheUsage()) {
            status.append("CacheUsage: ")
                    .append(humanSize(session.home().cacheSize()))
                    .append(" (used by oc binary, ISO or cached images)\n");
        }
        if (generation.statusShowsRegistration() && running && session.isRhel()) {
            boolean registered = session.vm().value("registered").asBoolean(false);
            status.append("RHSM: \t    ")
                    .append(registered ? "Registered" : "Not Registered")
                    .append('\n');
        }
        return status.toString();
    }

    private static String openshift(Session session) {
        return session.openshiftRuns()
                ? "Running (openshift " + session.openshift().text() + ")"
                : "Stopped";
    }

    private static String disk(Session session) {
        boolean mount = session.generation().statusShowsMountPoint();
        String point = session.isGeneric() ? "/" : "/mnt/sda1";
        return "14% of 19G" + (mount ? " (Mounted On: " + point + ")" : "");
    }

    private static String humanSize(long bytes) {
        String[] units = {"B", "kB", "MB", "GB"};
        double size = bytes;
        int unit = 0;
        while (size >= 1000 && unit < units.length - 1) {
            size /= 1000;
            unit++;
        }
        String number = String.format(Locale.ROOT, "%.4g", size);
        return (number.contains(".") ? number.replaceAll("\\.?0+$", "") : number) + " " + units[unit];
    }
}
