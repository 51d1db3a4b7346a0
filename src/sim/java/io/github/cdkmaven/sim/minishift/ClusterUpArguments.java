package io.github.cdkmaven.sim.minishift;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The arguments of {@code oc cluster up}: what minishift passes, what the user adds, and what is left of both in the VM. */
final class ClusterUpArguments {

    private static final List<String> PASSED_ON = List.of(
            "http-proxy",
            "https-proxy",
            "no-proxy",
            "public-hostname",
            "routing-suffix",
            "server-loglevel",
            "skip-registry-check");

    private final SimulatedRelease version;
    private final OpenshiftVersion openshift;
    private final List<String> words;

    private ClusterUpArguments(SimulatedRelease version, OpenshiftVersion openshift, List<String> words) {
        this.version = version;
        this.openshift = openshift;
        this.words = words;
    }

    /** @param extra the value of {@code --extra-clusterup-flags}, empty when it is not in force */
    static ClusterUpArguments of(
            SimulatedRelease version, OpenshiftVersion openshift, Settings settings, String ip, String extra) {
        Map<String, String> named = new LinkedHashMap<>();
        PASSED_ON.forEach(name -> settings.text(name).ifPresent(value -> named.put(name, value)));
        SimulatedGeneration generation = version.generation();
        if (generation.clusterUpRunsInVm()) {
            named.putIfAbsent("public-hostname", ip);
        } else {
            settings.text("openshift-version").ifPresent(value -> named.put("version", openshift.text()));
        }
        named.putIfAbsent("routing-suffix", ip + ".nip.io");
        directories(generation, openshift, named);
        if (generation.hasImageFlag()) {
            String standard = "'" + version.imagePrefix() + "-${component}:" + openshift.text() + "'";
            named.put("image", settings.text("image", standard));
        }
        List<String> words = new ArrayList<>(List.of("cluster", "up"));
        if (!openshift.usesTemplate()) {
            words.add("--use-existing-config");
        }
        List<String> names = new ArrayList<>(named.keySet());
        Collections.shuffle(names);
        names.forEach(name -> words.addAll(List.of("--" + name, named.get(name))));
        if (!extra.isBlank()) {
            words.addAll(List.of(extra.trim().split("\\s+")));
        }
        return new ClusterUpArguments(version, openshift, List.copyOf(words));
    }

    private static void directories(SimulatedGeneration generation, OpenshiftVersion openshift, Map<String, String> named) {
        if (openshift.usesTemplate()) {
            named.put("base-dir", "/var/lib/minishift/base");
        } else {
            String root = "/var/lib/minishift/openshift.local.";
            named.put("host-config-dir", root + "config");
            named.put("host-data-dir", "/var/lib/minishift/hostdata");
            named.put("host-volumes-dir", root + "volumes");
            named.put("host-pv-dir", root + "pv");
        }
    }

    /** The command line as minishift shows it when it fails. */
    String commandLine() {
        return "/var/lib/minishift/bin/oc " + String.join(" ", words);
    }

    /** What {@code oc} really gets: from 1.18 on a shell has read the line. */
    private List<String> received() {
        return version.generation().clusterUpRunsInVm() ? ShellWords.of(String.join(" ", words), Map.of()) : words;
    }

    /** The last value of an option wins; empty when it is not there. */
    String option(String name) {
        List<String> received = received();
        String value = "";
        for (int i = 0; i < received.size(); i++) {
            String word = received.get(i);
            if (word.startsWith("--" + name + "=")) {
                value = word.substring(name.length() + 3);
            } else if (word.equals("--" + name) && i + 1 < received.size()) {
                value = received.get(i + 1);
            }
        }
        return value;
    }

    ControlPlane controlPlane() {
        String given = option("image");
        String standard = version.imagePrefix() + (openshift.usesTemplate() ? "-${component}:${version}" : "");
        String tag = openshift.usesTemplate() ? option("tag") : option("version");
        OpenshiftVersion running = openshift.usesTemplate() || tag.isEmpty() ? openshift : OpenshiftVersion.of(tag);
        return new ControlPlane(running, given.isEmpty() ? standard : given, openshift.usesTemplate() ? tag : "");
    }
}
