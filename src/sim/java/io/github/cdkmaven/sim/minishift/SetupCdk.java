package io.github.cdkmaven.sim.minishift;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** {@code minishift setup-cdk}: unpacks ISO, {@code oc} and add-ons into MINISHIFT_HOME. */
public final class SetupCdk {

    private SetupCdk() {}

    static void run(Session session) {
        ParsedFlags flags = Usage.parse(
                session.call(),
                "setup-cdk",
                List.of(
                        Flag.text("default-vm-driver", "The driver to configure.", "kvm"),
                        Flag.toggle("force", "Deletes what is there."),
                        Flag.text("minishift-home", "Where to.")));
        Path root =
                flags.text("minishift-home").map(Path::of).orElse(session.home().root());
        if (isInUse(root) && !flags.isOn("force")) {
            session.call()
                    .println("The MINISHIFT_HOME directory '" + root
                            + "' exists. Continuing will delete any existing VM and all other data in this directory.");
            if (!Confirmation.ask(session.call(), "")) {
                throw ExitException.silent(0);
            }
        }
        install(session.world(), root, flags.text("default-vm-driver").orElse("kvm"));
        announce(session, root);
    }

    /** Whether there is more than the empty layout that this very command has made. */
    private static boolean isInUse(Path root) {
        try (Stream<Path> entries = Files.exists(root) ? Files.list(root) : Stream.empty()) {
            return entries.anyMatch(
                    entry -> !Home.LAYOUT.contains(entry.getFileName().toString()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void announce(Session session, Path root) {
        Call call = session.call();
        String addons = String.join(", ", session.version().defaultAddons());
        call.println("Setting up CDK 3 on host using '" + root + "' as Minishift's home directory");
        call.println("Copying minishift-rhel7.iso to '" + root + "/cache/iso/minishift-rhel7.iso'");
        call.println("Copying oc to '" + root + "/cache/oc/" + session.version().openshift() + "/linux/oc'");
        call.println("Creating configuration file '" + root + "/config/config.json'");
        call.println("Creating marker file '" + root + "/cdk'");
        call.println("Default add-ons " + addons + " installed");
        call.println("Default add-ons " + addons + " enabled");
        call.println("CDK 3 setup complete.");
    }

    /** What {@code setup-cdk} leaves behind; for minishift itself, what its first downloads do. */
    public static void install(World world, Path root, String driver) {
        SimulatedRelease version = world.version();
        Home home = new Home(root, Home.DEFAULT_PROFILE, version.generation());
        home.create();
        try {
            Path oc = home.oc(OpenshiftVersion.of(version.openshift()));
            Files.createDirectories(oc.getParent());
            Files.copy(
                    world.bin().resolve("oc"),
                    oc,
                    StandardCopyOption.REPLACE_EXISTING,
                    StandardCopyOption.COPY_ATTRIBUTES);
            Path iso = root.resolve("cache/iso/minishift-" + (version.isCdk() ? "rhel7" : "centos7") + ".iso");
            Files.writeString(iso, "an ISO image");
            if (version.isCdk()) {
                ObjectNode settings = JsonFile.object().put("iso-url", "file://" + iso.toAbsolutePath());
                JsonFile.write(home.settings(), settings.put("memory", "4096").put("vm-driver", driver));
                ObjectNode instance = JsonFile.object();
                version.defaultAddons().forEach(instance.putArray("addons")::add);
                JsonFile.write(home.instance(), instance);
                Files.writeString(home.cdkMarker(), version.cdk());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A VM with a cluster that is up before anybody asks. */
    public static void bootForSomebody(World world) {
        SomebodyElse.startsTheVm(somebodysSession(world));
    }

    /** A session without arguments, environment or output. */
    static Session somebodysSession(World world) {
        PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream(), true, StandardCharsets.UTF_8);
        return Session.of(new Call(world, List.of(), Map.of(), InputStream.nullInputStream(), nowhere, nowhere));
    }
}
