package io.github.cdkmaven.sim.minishift;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** MINISHIFT_HOME as one profile sees it: where minishift keeps what it knows. */
record Home(Path root, String profile, SimulatedGeneration generation) {

    static final String DEFAULT_PROFILE = "minishift";

    /** The default profile lives in the home itself, the others below {@code profiles}. */
    Path folder() {
        return folderOf(profile);
    }

    private Path folderOf(String name) {
        return name.equals(DEFAULT_PROFILE) ? root : root.resolve("profiles").resolve(name);
    }

    Home of(String otherProfile) {
        return new Home(root, otherProfile, generation);
    }

    boolean hasProfile(String name) {
        return name.equals(DEFAULT_PROFILE) || Files.isDirectory(folderOf(name));
    }

    Path machineConfig() {
        return folder().resolve("machines").resolve(profile).resolve("config.json");
    }

    /** A machine is defined as soon as its docker-machine record exists, whatever became of it. */
    boolean hasMachine() {
        return Files.exists(machineConfig());
    }

    Path kubeconfig() {
        return folder().resolve("machines").resolve(profile + "_kubeconfig");
    }

    Path state() {
        return folder().resolve("machines").resolve(profile + generation.stateSuffix());
    }

    /** Flags saved or set for the profile. */
    Path settings() {
        return folder().resolve("config/config.json");
    }

    Path globalSettings() {
        return root.resolve("config/global.json");
    }

    /** Add-ons, host folders and cached images of the profile. */
    Path instance() {
        return folder().resolve("config").resolve(profile + ".json");
    }

    Path allInstances() {
        return root.resolve("config/allinstances.json");
    }

    Path cache() {
        return root.resolve("cache");
    }

    Path imageCache() {
        return cache().resolve("images");
    }

    Path oc(OpenshiftVersion openshift) {
        return cache().resolve("oc").resolve(openshift.text()).resolve("linux").resolve("oc");
    }

    Path certificates() {
        return folder().resolve("certs");
    }

    /** The marker that {@code setup-cdk} leaves. */
    Path cdkMarker() {
        return root.resolve("cdk");
    }

    String activeProfile() {
        return JsonFile.read(allInstances()).path("ActiveProfile").asText(DEFAULT_PROFILE);
    }

    void activate(String name) {
        ObjectNode all = JsonFile.read(allInstances());
        JsonFile.write(allInstances(), all.put("ActiveProfile", name));
    }

    /** The folders that minishift makes by itself in an empty home. */
    static final List<String> LAYOUT =
            List.of("addons", "cache", "logs", "profiles", "tmp", "certs", "config", "machines");

    /** Every command creates the layout that it finds missing. */
    void create() {
        try {
            for (String name : List.of("addons", "cache/iso", "cache/oc", "cache/images", "logs", "profiles", "tmp")) {
                Files.createDirectories(root.resolve(name));
            }
            for (String name : List.of("certs", "config", "machines")) {
                Files.createDirectories(folder().resolve(name));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        for (Path file : List.of(settings(), globalSettings())) {
            if (!Files.exists(file)) {
                JsonFile.write(file, JsonFile.object());
            }
        }
    }

    /** Names of all profiles, the default first. */
    List<String> profiles() {
        try (Stream<Path> folders = Files.list(root.resolve("profiles"))) {
            Stream<String> others =
                    folders.map(folder -> folder.getFileName().toString()).sorted();
            return Stream.concat(others, Stream.of(DEFAULT_PROFILE)).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What a machine leaves when it is deleted. */
    void forgetMachine() {
        try {
            Files.deleteIfExists(kubeconfig());
            Files.deleteIfExists(state());
            deleteTree(machineConfig().getParent());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static void deleteTree(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        try (Stream<Path> found = Files.walk(folder)) {
            for (Path path : found.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }

    /** Bytes below {@code cache}. */
    long cacheSize() {
        try (Stream<Path> found = Files.walk(cache())) {
            return found.filter(Files::isRegularFile)
                    .mapToLong(file -> file.toFile().length())
                    .sum();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    JsonNode engineOptions() {
        return JsonFile.read(machineConfig()).path("HostOptions").path("EngineOptions");
    }
}
