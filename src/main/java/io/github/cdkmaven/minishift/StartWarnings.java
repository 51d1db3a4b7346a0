package io.github.cdkmaven.minishift;

import java.util.ArrayList;
import java.util.List;

/** What minishift itself shows to others in spite of all settings, so that nobody finds it out by surprise. */
final class StartWarnings {

    private StartWarnings() {}

    /** One sentence on each thing, none for most starts. */
    static List<String> of(MinishiftVersion product, StartSettings settings, MachineFiles files) {
        List<String> sentences = new ArrayList<>();
        if (Generation.of(product).looksAtGithub()) {
            sentences.add(product
                    + " contacts github.com before it reads any setting, though it needs nothing from there; a line"
                    + " '127.0.0.1 github.com' in this machine's hosts file keeps that attempt local.");
        }
        if (settings.proxies().holdsPassword()) {
            // StartHost stores dockerd's environment with the machine, and cluster up takes proxies as flags only
            // (minishift cmd/start.go).
            sentences.add("minishift itself keeps the proxy's password in "
                    + files.machineFolder().resolve("config.json")
                    + ", in the VM, and among the arguments of 'oc cluster up'; a proxy that requires no password from this machine avoids"
                    + " that.");
        }
        return sentences;
    }
}
