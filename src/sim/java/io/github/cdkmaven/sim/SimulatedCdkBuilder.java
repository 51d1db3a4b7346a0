package io.github.cdkmaven.sim;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.cdkmaven.sim.minishift.JsonFile;
import io.github.cdkmaven.sim.minishift.SetupCdk;
import io.github.cdkmaven.sim.minishift.World;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** What a {@link SimulatedCdk} is to be like. */
public final class SimulatedCdkBuilder {

    private final Path folder;
    private final ObjectNode settings = JsonFile.object();
    private String accountKubeconfig = "";
    private boolean running;

    SimulatedCdkBuilder(Path folder) {
        this.folder = folder.toAbsolutePath().normalize();
        version("cdk-3.10");
    }

    /** {@code cdk-3.5}, {@code minishift-1.34.3} …; {@link SimulatedCdk#versions()} lists them. Default: cdk-3.10. */
    public SimulatedCdkBuilder version(String name) {
        settings.put("version", name);
        return this;
    }

    /** Files with a {@code List} of ImageStreams that the cluster holds after its first start. Default: a small set. */
    public SimulatedCdkBuilder imageStreams(Path... lists) {
        ArrayNode files = settings.putArray("imageStreams");
        List.of(lists).forEach(file -> files.add(file.toAbsolutePath().toString()));
        return this;
    }

    /** Names that resolve in this world, each to {@code address} or {@code address:port}. All others are outside. */
    public SimulatedCdkBuilder hosts(Map<String, String> names) {
        ObjectNode hosts = settings.putObject("hosts");
        names.forEach(hosts::put);
        return this;
    }

    /** How this CDK misleads its callers. */
    public SimulatedCdkBuilder lie(Lie... lies) {
        ArrayNode names = settings.withArray("lies");
        List.of(lies).forEach(lie -> names.add(lie.name()));
        return this;
    }

    /** Whether {@code setup-cdk} was run; for minishift itself, whether {@code oc} is in the cache. Default: yes. */
    public SimulatedCdkBuilder installed(boolean installed) {
        settings.put("installed", installed);
        return this;
    }

    /** Whether a VM with a cluster is already up, started by somebody else. Default: no. */
    public SimulatedCdkBuilder running(boolean up) {
        running = up;
        return this;
    }

    /** Whether there is a hypervisor to boot a VM with. Default: yes. */
    public SimulatedCdkBuilder hypervisor(boolean there) {
        settings.put("hypervisor", there);
        return this;
    }

    /** How long a start takes, half of it to boot the VM. Default: 0. */
    public SimulatedCdkBuilder startSeconds(double seconds) {
        settings.put("startSeconds", seconds);
        return this;
    }

    /** How long a stop takes before the VM is down. Default: 0. */
    public SimulatedCdkBuilder stopSeconds(double seconds) {
        settings.put("stopSeconds", seconds);
        return this;
    }

    /** Users who are cluster-admin beside those that add-ons make so. Default: none. */
    public SimulatedCdkBuilder admins(String... users) {
        ArrayNode names = settings.putArray("admins");
        List.of(users).forEach(names::add);
        return this;
    }

    /** What goes wrong on the cluster, as the cluster's own fault plan writes it. */
    public SimulatedCdkBuilder faults(JsonNode faults) {
        settings.set("faults", faults);
        return this;
    }

    /** Certificates (PEM) that the VM and the master trust. Default: none. */
    public SimulatedCdkBuilder trusted(Path... pem) {
        ArrayNode files = settings.putArray("trusted");
        List.of(pem).forEach(file -> files.add(file.toAbsolutePath().toString()));
        return this;
    }

    /** Whether imports take as long as real ones: 2 images a second after 3. Default: yes. */
    public SimulatedCdkBuilder pacing(boolean real) {
        settings.put("pacing", real);
        return this;
    }

    /** What the account's {@code ~/.kube/config} holds before. Default: there is none. */
    public SimulatedCdkBuilder accountKubeconfig(String yaml) {
        accountKubeconfig = yaml;
        return this;
    }

    /** Writes everything; with {@code running(true)} a VM is up when this returns. */
    public SimulatedCdk create() {
        try {
            JavaCommand.words().forEach(settings.putArray("java")::add);
            Path world = folder.resolve("world");
            Files.createDirectories(world);
            Files.createDirectories(folder.resolve("account"));
            if (!settings.has("imageStreams")) {
                imageStreams(DefaultImageStreams.write(world));
            }
            JsonFile.write(world.resolve("world.json"), settings);
            new Launchers(World.at(folder)).write();
            writeKubeconfig();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        World created = World.at(folder);
        if (settings.path("installed").asBoolean(true)) {
            SetupCdk.install(created, created.home(), "kvm");
        }
        if (running) {
            SetupCdk.bootForSomebody(created);
        }
        return SimulatedCdk.at(folder);
    }

    private void writeKubeconfig() throws IOException {
        if (!accountKubeconfig.isEmpty()) {
            Path file = folder.resolve("account/.kube/config");
            Files.createDirectories(file.getParent());
            Files.writeString(file, accountKubeconfig);
        }
    }
}
