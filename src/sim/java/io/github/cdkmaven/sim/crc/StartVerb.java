package io.github.cdkmaven.sim.crc;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.cdkmaven.sim.minishift.Flag;
import io.github.cdkmaven.sim.minishift.JsonFile;
import io.github.cdkmaven.sim.minishift.ParsedFlags;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** {@code start}: what comes before the VM runs. A VM that runs is left as it is, whatever the flags say. */
final class StartVerb extends Verb {

    private Optional<ToldCluster> config = Optional.empty();

    @Override
    List<Flag> flags() {
        return List.of(
                output(),
                Flag.text("bundle", "").shortly("b"),
                Flag.text("pull-secret-file", "").shortly("p"),
                Flag.text("cpus", "").shortly("c"),
                Flag.text("memory", "").shortly("m"),
                Flag.text("disk-size", "").shortly("d"),
                Flag.text("nameserver", "").shortly("n"),
                Flag.toggle("disable-update-check", ""));
    }

    @Override
    String run(CrcRun run, ParsedFlags flags) {
        checkNumbers(flags);
        run.checkForUpdate(flags.isOn("disable-update-check"));
        checkFlags(run, flags);
        WantedBundle bundle = WantedBundle.of(run, flags.text("bundle").orElse(run.properties().text("bundle")));
        bundle.checkPreset(run);
        SimulatedVm vm = run.vm();
        boolean exists = run.folder().hasMachine();
        boolean running = exists && vm.isRunning();
        if (!running) {
            checkHost(run, flags, bundle);
        }
        load(run, bundle);
        if (exists && !vm.text("bundle").equals(bundle.bundle().name())) {
            throw new VerbFailure("Bundle '" + bundle.bundle().name() + "' was requested, but the existing VM is using '"
                    + vm.text("bundle") + "'. Please delete your existing cluster and start again");
        }
        Path key = run.folder().machine().resolve(run.release().keyName());
        if (exists && run.release().wantsKey() && !Files.exists(key)) {
            throw new VerbFailure("Required file " + key + " is missing from the instance directory. Please delete the"
                    + " existing instance and start again");
        }
        String shown = StatusVerb.name(run.preset()) + " " + bundle.bundle().version();
        if (running) {
            run.info("A CRC VM for " + shown + " is already running");
        } else {
            if (!exists) {
                create(run, flags, bundle, shown);
            }
            record(run, flags, bundle);
            new VmBoot(run, flags.text("pull-secret-file")).start(bundle.bundle());
        }
        ToldCluster told = ToldCluster.of(run);
        config = Optional.of(told);
        return text(told);
    }

    private static void checkNumbers(ParsedFlags flags) {
        for (String name : List.of("cpus", "memory", "disk-size")) {
            flags.text(name).filter(value -> !value.matches("\\d+")).ifPresent(value -> {
                throw VerbFailure.of(
                        VerbFailure.Kind.BEFORE_LOG,
                        "invalid argument " + GoText.quoted(value) + " for \"-" + name.charAt(0) + ", --" + name
                                + "\" flag: strconv.ParseUint: parsing " + GoText.quoted(value) + ": invalid syntax");
            });
        }
    }

    private static void checkFlags(CrcRun run, ParsedFlags flags) {
        for (String name : List.of("memory", "cpus", "disk-size")) {
            flags.text(name).flatMap(value -> PropertyRules.problem(run, name, value)).ifPresent(problem -> {
                throw new VerbFailure(problem);
            });
        }
        flags.text("nameserver").flatMap(PropertyRules::nameserver).ifPresent(problem -> {
            throw new VerbFailure(problem);
        });
    }

    private static int number(CrcRun run, ParsedFlags flags, String name) {
        return Integer.parseInt(flags.text(name).orElse(run.properties().text(name)));
    }

    private static void checkHost(CrcRun run, ParsedFlags flags, WantedBundle bundle) {
        if (run.isUserMode()) {
            if (!Files.exists(run.folder().socket())) {
                throw new VerbFailure("Is 'crc daemon' running? Cannot reach daemon API: Get \"http://unix/api/version\":"
                        + " dial unix " + run.folder().socket() + ": connect: no such file or directory");
            }
            if (run.has(CrcFault.DAEMON_OF_ANOTHER_VERSION)) {
                throw new VerbFailure("The executable version (" + run.release().version()
                        + ") doesn't match the daemon version (2.20.0)");
            }
        }
        if (run.release().tellsBundlePathAtStart()) {
            run.info("Using bundle path " + bundle.path());
        }
        try {
            new HostChecks(run).beforeStart();
        } catch (VerbFailure e) {
            if (!flags.has("output")) {
                run.warn("Preflight checks failed during `crc start`, please try to run `crc setup` first in case you"
                        + " haven't done so yet");
            }
            throw e;
        }
        int memory = number(run, flags, "memory");
        if (run.properties().isOn("enable-cluster-monitoring") && memory < 14336) {
            throw new VerbFailure("Too little memory (" + memory / 1024.0 + "GiB) allocated to the virtual machine to start"
                    + " the monitoring stack, 14GiB is the minimum");
        }
    }

    private static void load(CrcRun run, WantedBundle bundle) {
        String name = bundle.bundle().name();
        if (bundle.isExtracted(run)) {
            run.info("Loading bundle: " + name + "...");
            return;
        }
        run.info("Downloading bundle: " + name + "...");
        try {
            bundle.fetch(run, () -> run.info("Extracting bundle: " + name + "..."));
        } catch (VerbFailure e) {
            throw new VerbFailure("Error getting bundle metadata: " + e.text());
        }
    }

    private static void create(CrcRun run, ParsedFlags flags, WantedBundle bundle, String shown) {
        try {
            GivenSecret.load(run, flags.text("pull-secret-file"));
        } catch (VerbFailure e) {
            throw new VerbFailure("Failed to ask for pull secret: " + e.text());
        }
        DotCrc folder = run.folder();
        run.info("Creating CRC VM for " + shown + "...");
        if (!Files.exists(folder.driver())) {
            throw new VerbFailure("Error creating machine: Error creating new host: exec: \"" + folder.driver()
                    + "\": stat " + folder.driver() + ": no such file or directory");
        }
        record(run, flags, bundle);
        if (run.has(CrcFault.CREATE_FAILS)) {
            throw new VerbFailure(
                    "Error creating machine: Error in driver during machine creation: Cannot create VM (simulated)");
        }
        run.vm().create(bundle.bundle());
        run.info("Generating new SSH key pair...");
        DotCrc.secret(folder.machine().resolve(run.release().keyName()), "simulated key");
        DotCrc.write(folder.machine().resolve(run.release().keyName() + ".pub"), "ssh-ed25519 AAAA", "rw-r--r--");
        if (!run.vm().isMicroshift()) {
            run.info("Generating new password for the kubeadmin user");
            String chosen = run.properties().text("kubeadmin-password");
            DotCrc.secret(
                    folder.machine().resolve("kubeadmin-password"), chosen.isEmpty() ? Passwords.random() : chosen);
        }
        DotCrc.secret(folder.machine().resolve(".crc-exist"), "");
    }

    /** The host record of the machine, with what it is given at each start: MiB, and bytes of disk. */
    private static void record(CrcRun run, ParsedFlags flags, WantedBundle bundle) {
        ObjectNode record = JsonFile.object().put("ConfigVersion", 3);
        ObjectNode driver = record.putObject("Driver")
                .put("MachineName", "crc")
                .put("BundleName", bundle.bundle().name())
                .put("Memory", number(run, flags, "memory"))
                .put("CPU", number(run, flags, "cpus"))
                .put("DiskCapacity", number(run, flags, "disk-size") * 1024L * 1024 * 1024)
                .put("Network", run.isUserMode() ? "" : "crc")
                .put("VSock", run.isUserMode());
        ArrayNode shared = driver.putArray("SharedDirs");
        if (run.properties().isOn("enable-shared-dirs")) {
            String home = run.folder().home().toString();
            shared.addObject().put("Source", home).put("Target", home).put("Type", "virtiofs");
        }
        record.put("DriverName", "libvirt")
                .put("DriverPath", run.folder().bin().toString())
                .put("Name", "crc");
        DotCrc.secret(run.folder().machine().resolve("config.json"), record.toPrettyString());
    }

    private static String text(ToldCluster told) {
        String started = "Started the " + StatusVerb.name(told.type()) + " cluster.\n\n";
        String oc = "Use the 'oc' command line interface:\n  $ eval $(crc oc-env)\n  $ oc ";
        if (told.type().equals("microshift")) {
            return started + oc + "COMMAND";
        }
        return started + "The server is accessible via web console at:\n  " + told.console()
                + "\n\nLog in as administrator:\n  Username: kubeadmin\n  Password: " + told.adminPassword()
                + "\n\nLog in as user:\n  Username: developer\n  Password: " + told.developerPassword() + "\n\n" + oc
                + "login -u developer " + told.url();
    }

    @Override
    ObjectNode json(String error) {
        ObjectNode result = succeeded(error);
        return config.map(told -> told.json(result)).orElse(result);
    }
}
