package io.github.cdkmaven.minishift;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.cdkmaven.engine.Machine;
import io.github.cdkmaven.engine.Version;
import io.github.cdkmaven.json.JsonTree;
import io.github.cdkmaven.problem.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Where minishift keeps what it knows of one profile's VM. Nothing is written here by us, and nothing removed but by {@link #forgetMachine}.
 *
 * @param home the folder {@code MINISHIFT_HOME}
 * @param profile the profile; {@value #DEFAULT_PROFILE} lies in the home itself, every other one below {@code profiles}
 */
public record MachineFiles(Path home, String profile) {

    /** The profile of a user who never made one. */
    public static final String DEFAULT_PROFILE = "minishift";

    /** What minishift takes for a profile's name; anything else is no folder's name of its own. */
    private static final Pattern NAME = Pattern.compile("[a-zA-Z0-9][a-zA-Z0-9-]{0,200}");

    /** The profile that minishift uses when it is not told: the active one. */
    public static MachineFiles of(Path home, Optional<String> profile) {
        return new MachineFiles(
                home,
                profile.or(() -> read(home.resolve("config").resolve("allinstances.json"))
                                .map(instances ->
                                        instances.path("ActiveProfile").asText("")))
                        .filter(name -> NAME.matcher(name).matches())
                        .orElse(DEFAULT_PROFILE));
    }

    /** A goal of this plugin as one types it for this VM, such as {@code delete}. */
    public String goal(String name) {
        return Machine.goal(name, home, profile);
    }

    private Path base() {
        return profile.equals(DEFAULT_PROFILE) ? home : home.resolve("profiles").resolve(profile);
    }

    private Path machines() {
        return base().resolve("machines");
    }

    /** Whether the profile was ever made; the default one always is. */
    public boolean hasProfile() {
        return profile.equals(DEFAULT_PROFILE) || Files.isDirectory(base());
    }

    /** What minishift knows of the VM itself; without this folder there is none for it. */
    public Path machineFolder() {
        return machines().resolve(profile);
    }

    /** Removes docker-machine's record of a machine that holds nothing of minishift, which minishift itself refuses to delete. */
    void forgetMachine() {
        try {
            FileTree.delete(machineFolder());
        } catch (IOException e) {
            throw Problem.of(
                            "minishift's record of the machine cannot be removed.",
                            "remove the folder " + machineFolder())
                    .with(e.toString())
                    .toException(e);
        }
    }

    /** Whether docker-machine has a record of a VM. If so, the next start counts as a restart, whatever {@code status} says. */
    public boolean hasMachine() {
        return Files.exists(machines().resolve(profile).resolve("config.json"));
    }

    /** What the VM was created with: {@code HostOptions.EngineOptions} and {@code Driver} are of interest; see {@link VmDifferences}. */
    public Optional<JsonNode> machine() {
        return read(machines().resolve(profile).resolve("config.json"));
    }

    /** Whether the VM is a machine of somebody's own that minishift reaches by SSH, as its record says. */
    public boolean isGeneric() {
        return machine()
                .filter(machine -> machine.path("DriverName").asText().equals("generic"))
                .isPresent();
    }

    /** The cluster's kubeconfig for {@code system:admin}; minishift leaves it readable to everybody (mode 0644). */
    public Path kubeconfig() {
        return machines().resolve(profile + "_kubeconfig");
    }

    /** The {@code oc} that minishift keeps for this VM; the file's name lost its suffix in minishift up to 1.21. */
    public Optional<Path> oc() {
        return Stream.of(profile + "-state.json", profile + ".json")
                .map(name -> read(machines().resolve(name)))
                .flatMap(Optional::stream)
                .map(state -> state.path("OcPath").asText(""))
                .filter(path -> !path.isBlank() && path.indexOf('\0') < 0)
                .map(Path::of)
                .filter(Files::isExecutable)
                .findFirst();
    }

    /**
     * When minishift last began to start this VM: it writes its state file then, and not while the VM runs (minishift {@code cmd/start.go},
     * {@code pkg/minishift/registration}). Tells a VM that we started from one that somebody has started since.
     */
    public Optional<Instant> lastStart() {
        return Stream.of(profile + "-state.json", profile + ".json")
                .map(name -> machines().resolve(name))
                .filter(Files::isReadable)
                .findFirst()
                .flatMap(MachineFiles::writtenAt);
    }

    private static Optional<Instant> writtenAt(Path file) {
        try {
            return Optional.of(Files.getLastModifiedTime(file).toInstant());
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** Where minishift looks for images before it pulls them: an OCI layout, shared by all profiles. */
    public Path imageCache() {
        return home.resolve("cache").resolve("images");
    }

    /** Where minishift looks for the {@code oc} of an OpenShift; the cache is shared by all profiles. */
    Path cachedOc(String openshift) {
        String name = System.getProperty("os.name").toLowerCase(Locale.ROOT);
        boolean windows = name.startsWith("windows");
        return home.resolve("cache")
                .resolve("oc")
                .resolve(openshift)
                .resolve(windows ? "windows" : name.startsWith("mac") ? "darwin" : "linux")
                .resolve(windows ? "oc.exe" : "oc");
    }

    /** The OpenShift versions whose {@code oc} lies in the cache, as {@code setup-cdk} put it there: {@code v3.11.141}. */
    public List<String> cachedOpenShifts() {
        Path cache = home.resolve("cache").resolve("oc");
        if (!Files.isDirectory(cache)) {
            return List.of();
        }
        try (Stream<Path> versions = Files.list(cache)) {
            return versions.map(folder -> folder.getFileName().toString())
                    .filter(name -> Version.parse(name).isPresent())
                    .filter(name -> Files.isRegularFile(cachedOc(name)))
                    .sorted(java.util.Comparator.comparing(
                            name -> Version.parse(name).orElseThrow()))
                    .toList();
        } catch (IOException e) {
            return List.of();
        }
    }

    private static Optional<JsonNode> read(Path file) {
        if (!Files.isRegularFile(file)) {
            return Optional.empty(); // also a pipe, at which reading would hang
        }
        try {
            return Optional.of(JsonTree.read(file));
        } catch (IOException e) {
            return Optional.empty(); // half-written by a start that was killed: as good as not there
        }
    }
}
