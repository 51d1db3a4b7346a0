package io.github.cdkmaven.sim;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.cdkmaven.sim.crc.CrcFault;
import io.github.cdkmaven.sim.crc.CrcProgram;
import io.github.cdkmaven.sim.crc.CrcSituation;
import io.github.cdkmaven.sim.crc.SimulatedBundle;
import io.github.cdkmaven.sim.minishift.JsonFile;
import io.github.cdkmaven.sim.minishift.World;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What a {@link SimulatedCrc} is to be like. */
public final class SimulatedCrcBuilder {

    private final Path folder;
    private final ObjectNode settings = JsonFile.object();
    private final List<String> configured = new ArrayList<>();
    private CrcSituation state = CrcSituation.ABSENT;
    private Instant built = Instant.now();
    private String accountKubeconfig = "";

    SimulatedCrcBuilder(Path folder) {
        this.folder = folder.toAbsolutePath().normalize();
        settings.put("preset", "openshift");
        version("2.53.0");
    }

    /** {@link SimulatedCrc#versions()} lists them. Default: 2.53.0. */
    public SimulatedCrcBuilder version(String text) {
        settings.put("crc", text);
        return this;
    }

    /** What it is found in; reached by its commands, as somebody would give them. Default: set up, without a machine. */
    public SimulatedCrcBuilder state(CrcSituation found) {
        state = found;
        return this;
    }

    /** {@code user} or {@code system}. Default: that of the version. */
    public SimulatedCrcBuilder networkMode(String mode) {
        return configured("network-mode", mode);
    }

    /** {@code openshift}, {@code okd} or {@code microshift}. Default: openshift. */
    public SimulatedCrcBuilder preset(String name) {
        settings.put("preset", name);
        return configured("preset", name);
    }

    /** What somebody set with {@code crc config set}. */
    public SimulatedCrcBuilder configured(String key, String value) {
        configured.add(key + " " + value);
        return this;
    }

    /** What is wrong with it from the beginning; {@link SimulatedCrc#with} changes it later. */
    public SimulatedCrcBuilder faults(CrcFault... faults) {
        ArrayNode names = settings.withArray("crcFaults");
        List.of(faults).forEach(fault -> names.add(fault.name()));
        return this;
    }

    /** When the bundle was made: its certificates are good for 30 days. Default: now. */
    public SimulatedCrcBuilder bundleBuilt(Instant when) {
        built = when;
        return this;
    }

    /** Whether it is a build with its helpers inside, as all that were released. Default: yes. */
    public SimulatedCrcBuilder released(boolean helpersInside) {
        settings.put("released", helpersInside);
        return this;
    }

    /** Names that resolve in this world, each to {@code address} or {@code address:port}. All others are outside. */
    public SimulatedCrcBuilder hosts(Map<String, String> names) {
        ObjectNode hosts = settings.putObject("hosts");
        names.forEach(hosts::put);
        return this;
    }

    /** Certificates (PEM) that the importer trusts like those of its system. Default: none. */
    public SimulatedCrcBuilder trusted(Path... pem) {
        ArrayNode files = settings.putArray("trusted");
        List.of(pem).forEach(file -> files.add(file.toAbsolutePath().toString()));
        return this;
    }

    /** A file with the {@code List} of streams that the samples operator owns. Default: a small set. */
    public SimulatedCrcBuilder samples(Path list) {
        settings.put("samples", list.toAbsolutePath().toString());
        return this;
    }

    /** How long a start takes. Default: 0. */
    public SimulatedCrcBuilder startSeconds(double seconds) {
        settings.put("startSeconds", seconds);
        return this;
    }

    /** How long a stop takes. Default: 0. */
    public SimulatedCrcBuilder stopSeconds(double seconds) {
        settings.put("stopSeconds", seconds);
        return this;
    }

    /** How long operators progress after each start; {@code start} does not wait longer than 20 polls. Default: 0. */
    public SimulatedCrcBuilder settleSeconds(double seconds) {
        settings.put("settleSeconds", seconds);
        return this;
    }

    /** How long a change of the cluster's configuration takes to the node's disk. Default: 0. */
    public SimulatedCrcBuilder rollOutSeconds(double seconds) {
        settings.put("rollOutSeconds", seconds);
        return this;
    }

    /** What goes wrong on the cluster's API, as the cluster's own fault plan writes it. */
    public SimulatedCrcBuilder clusterFaults(JsonNode faults) {
        settings.set("faults", faults);
        return this;
    }

    /** Whether imports take as long as real ones: 2 images a second after 3. Default: yes. */
    public SimulatedCrcBuilder pacing(boolean real) {
        settings.put("pacing", real);
        return this;
    }

    /**
     * Whether kubeconfigs name the API by its address, for tests whose clients cannot be told that {@code api.crc.testing} is
     * there. Default: no, as a real one.
     */
    public SimulatedCrcBuilder apiByAddress(boolean byAddress) {
        settings.put("apiByAddress", byAddress);
        return this;
    }

    /** What the account's {@code ~/.kube/config} holds before. Default: there is none. */
    public SimulatedCrcBuilder accountKubeconfig(String yaml) {
        accountKubeconfig = yaml;
        return this;
    }

    /** Writes everything and brings it into its state. */
    public SimulatedCrc create() {
        String version = settings.path("crc").asText();
        String preset = settings.path("preset").asText();
        try {
            JavaCommand.words().forEach(settings.putArray("java")::add);
            JsonFile.write(folder.resolve("world/world.json"), settings);
            Files.createDirectories(folder.resolve("account"));
            World world = World.at(folder);
            Path hosts = Files.writeString(
                    folder.resolve("world/hosts"), CrcProgram.address(world) + " api.crc.testing\n127.0.0.1 localhost\n");
            new Launchers(world).writeCrc(CrcProgram.bundled(version, preset), hosts);
            SimulatedBundle.write(folder.resolve("bundles"), CrcProgram.bundleName(version, preset), built);
            Files.writeString(
                    folder.resolve("pull-secret.json"), "{\"auths\":{\"reg.corp.example:5000\":{\"auth\":\"eDp5\"}}}");
            if (!accountKubeconfig.isEmpty()) {
                Path file = folder.resolve("account/.kube/config");
                Files.createDirectories(file.getParent());
                Files.writeString(file, accountKubeconfig);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        SimulatedCrc crc = SimulatedCrc.at(folder);
        for (String setting : configured) {
            String[] words = setting.split(" ", 2);
            crc.run(Map.of(), "config", "set", words[0], words[1]);
        }
        new Somebody(crc).bringInto(state);
        crc.forgetJournal();
        return crc;
    }

    /** The person who had this crc before; nothing that ails it stands in their way. */
    private record Somebody(SimulatedCrc crc) {

        private static final Map<String, String> QUIET =
                Map.of("CRC_CONSENT_TELEMETRY", "no", "CRC_DISABLE_UPDATE_CHECK", "true");

        void bringInto(CrcSituation state) {
            if (state == CrcSituation.NOT_SET_UP) {
                return;
            }
            Path world = crc.home().resolveSibling("world/world.json");
            ObjectNode later = JsonFile.read(world);
            ObjectNode healthy = later.deepCopy().put("released", true).put("startSeconds", 0).put("stopSeconds", 0);
            healthy.putArray("crcFaults");
            healthy.put("settleSeconds", state == CrcSituation.STARTING ? 86_400 : 0).put("rollOutSeconds", 0);
            JsonFile.write(world, healthy);
            SimulatedCrc well = SimulatedCrc.at(crc.home().getParent());
            must(well, "setup", "-b", crc.bundle().toString());
            if (state != CrcSituation.ABSENT && state != CrcSituation.NO_DAEMON) {
                must(well, "start", "-b", crc.bundle().toString(), "-p", crc.pullSecret().toString());
            }
            switch (state) {
                case STOPPED -> must(well, "stop");
                case API_DEAD -> well.endApi();
                case NO_DAEMON -> well.endDaemon();
                default -> {}
            }
            JsonFile.write(world, later);
            CrcProgram.ail(SimulatedCrc.at(crc.home().getParent()).silent());
        }

        private static void must(SimulatedCrc crc, String... arguments) {
            SimulatedCdk.Output output = crc.run(QUIET, arguments);
            if (output.exit() != 0) {
                throw new IllegalStateException(String.join(" ", arguments) + ": " + output);
            }
        }
    }
}
