package io.github.cdkmaven.sim.minishift;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.cdkmaven.sim.Lie;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Creates or restarts the VM; what it was created with stays with it, whatever a later start asks for. */
final class MachineBoot {

    private static final String DOCKER_SILENT =
            "Error creating the VM. Error creating machine: Error running provisioning: "
                    + "Unable to verify the Docker daemon is listening: Maximum number of retries (10) exceeded";

    private final Session session;
    private final Settings settings;
    private final List<String> proxyEnvironment;

    MachineBoot(Session session, Settings settings, List<String> proxyEnvironment) {
        this.session = session;
        this.settings = settings;
        this.proxyEnvironment = proxyEnvironment;
    }

    void run(boolean restart) {
        String driver = driver();
        Call call = session.call();
        call.println(session.generation().startingLine() + " using '" + driver + "' hypervisor ...");
        if (driver.equals("generic")) {
            announceRemote(call);
        } else {
            if (!restart) {
                announceSize(call);
            }
            call.print("-- Starting Minishift VM ...");
        }
        if (!driver.equals("generic") && !session.world().hasHypervisor()) {
            // Nothing is stored yet, so the next start is a first start again.
            Progress.dots(session, 0);
            throw failure("Error creating new host: Driver \"" + driver + "\" not found. Do you have the plugin binary "
                    + "\"docker-machine-driver-" + driver + "\" accessible in your PATH?");
        }
        if (restart) {
            if (!driver.equals("generic")) {
                VmDisk.boot(session.vm());
            }
            session.vm().setRunning(true);
        } else {
            create(driver);
        }
        misbehave();
        Progress.dots(session, 0.5);
        if (session.dockerOptions().areBroken() || session.world().lies(Lie.DOCKER_DOES_NOT_START)) {
            throw failure(DOCKER_SILENT);
        }
        call.println(" OK");
    }

    /** Told twice, and despite the word there is no second attempt. */
    private ExitException failure(String reason) {
        session.call().print(" FAIL ");
        session.call()
                .complain(
                        "E1123 19:00:21.366513   17710 start.go:499] Error starting the VM: " + reason + ". Retrying.");
        return ExitException.failure("Error starting the VM: " + reason);
    }

    private String driver() {
        return session.home().hasMachine() && !session.vm().driver().isEmpty()
                ? session.vm().driver()
                : settings.text("vm-driver", "kvm");
    }

    private void announceRemote(Call call) {
        if (session.generation().announcesRemotePreparation()) {
            call.print("-- Preparing Remote Machine ....");
            call.println(" OK");
            call.print("-- Starting to provision the remote machine ...");
        }
    }

    private void announceSize(Call call) {
        int memory =
                megabytes("Memory", settings.text("memory", session.generation().defaultMemory()));
        int disk = megabytes("Disk", settings.text("disk-size", "20GB"));
        call.println("-- Minishift VM will be configured with ...");
        call.println("   Memory:    " + gigabytes(memory, 1024));
        call.println("   vCPUs :    " + settings.text("cpus", "2"));
        call.println("   Disk size: " + gigabytes(disk, 1000));
    }

    private int megabytes(String what, String size) {
        String text = size.toUpperCase(Locale.ROOT);
        if (!text.matches("[0-9.]+ ?(MB?|GB?)?")) {
            session.call().println("");
            throw ExitException.failure(what + " size is not valid: invalid size: '" + size + "'");
        }
        double number = Double.parseDouble(text.replaceAll("[^0-9.]", ""));
        int giga = what.equals("Memory") ? 1024 : 1000;
        return (int) (text.contains("G") ? number * giga : number);
    }

    private static String gigabytes(int megabytes, int giga) {
        double size = (double) megabytes / giga;
        return String.format(Locale.ROOT, "%.4g", size).replaceAll("\\.?0+$", "") + " GB";
    }

    /** Only the machine, without a word. */
    void create() {
        create(driver());
    }

    private void create(String driver) {
        String remote = driver.equals("generic") ? settings.text("remote-ipaddress", "") : "";
        session.vm().create(driver, remote);
        JsonFile.write(session.home().machineConfig(), record(driver));
        writeCertificates();
    }

    private void writeCertificates() {
        try {
            Files.createDirectories(session.home().certificates());
            for (String name : List.of("ca.pem", "cert.pem", "key.pem")) {
                Files.writeString(session.home().certificates().resolve(name), "");
            }
            Path key = session.home().machineConfig().resolveSibling("id_rsa");
            Files.writeString(key, "");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The record that docker-machine keeps of a machine. */
    private ObjectNode record(String driver) {
        ObjectNode record = JsonFile.object().put("ConfigVersion", 3);
        ObjectNode own = record.putObject("Driver");
        own.put("IPAddress", session.vm().ip()).put("MachineName", session.profile());
        own.put("SSHUser", driver.equals("generic") ? settings.text("remote-ssh-user", "") : "docker");
        own.put("SSHPort", 22);
        own.put(
                "SSHKeyPath",
                session.home().machineConfig().resolveSibling("id_rsa").toString());
        own.put("StorePath", session.home().folder().toString());
        own.put(
                "Memory",
                megabytes("Memory", settings.text("memory", session.generation().defaultMemory())));
        own.put("DiskSize", megabytes("Disk", settings.text("disk-size", "20GB")));
        own.put("CPU", Integer.parseInt(settings.text("cpus", "2")));
        own.put("Boot2DockerURL", settings.text("iso-url", "centos"));
        record.put("DriverName", driver);
        ObjectNode host = record.putObject("HostOptions")
                .put("Driver", "")
                .put("Memory", 0)
                .put("Disk", 0);
        host.set("EngineOptions", engineOptions());
        return record.put("Name", session.profile());
    }

    private ObjectNode engineOptions() {
        ObjectNode options = JsonFile.object();
        put(options, "ArbitraryFlags", settings.list("docker-opt"));
        options.putNull("Dns").put("GraphDir", "");
        List<String> environment = new ArrayList<>(proxyEnvironment);
        environment.addAll(settings.list("docker-env"));
        put(options, "Env", environment);
        options.put("Ipv6", false);
        List<String> insecure = new ArrayList<>(settings.list("insecure-registry"));
        if (!insecure.contains(DockerOptions.SERVICE_NETWORK)) {
            insecure.add(DockerOptions.SERVICE_NETWORK);
        }
        put(options, "InsecureRegistry", insecure);
        options.putNull("Labels").put("LogLevel", "").put("StorageDriver", "");
        options.put("SelinuxEnabled", false).put("TlsVerify", false);
        put(options, "RegistryMirror", settings.list("registry-mirror"));
        return options.put("InstallURL", "");
    }

    private static void put(ObjectNode options, String name, List<String> values) {
        if (values.isEmpty()) {
            options.putNull(name);
            return;
        }
        ArrayNode array = options.putArray(name);
        values.forEach(array::add);
    }

    private void misbehave() {
        World world = session.world();
        if (world.lies(Lie.START_HANGS)) {
            while (!Thread.currentThread().isInterrupted()) {
                Progress.sleep(1000);
            }
        }
        if (world.lies(Lie.START_PRINTS_FOREVER)) {
            Progress.forEver(session);
        }
    }
}
