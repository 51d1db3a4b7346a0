package io.github.cdkmaven.minishift;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.cdkmaven.json.JsonTree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * What minishift writes into a kubeconfig for one VM, by its names: it merges the file {@code machines/<profile>_kubeconfig} of {@code
 * system:admin}, logs in as {@code developer}, and makes a context with the profile's name the current one (minishift {@code
 * pkg/minishift/oc/oc.go}); {@code delete} removes whatever names the cluster ({@code cmd/delete.go}).
 *
 * @param files the VM's files, from which its address can be told while it exists
 * @param clusters the names of its cluster, such as {@code 192-168-42-7:8443}
 */
record VmEntries(MachineFiles files, Set<String> clusters) {

    private static final int PORT = 8443;

    VmEntries {
        clusters = Set.copyOf(clusters);
    }

    /** Those of a VM as far as its files tell now. */
    static VmEntries of(MachineFiles files) {
        return new VmEntries(files, Set.of()).now();
    }

    /** The same, with what has become known meanwhile: a first start makes the files. */
    VmEntries now() {
        Set<String> all = new TreeSet<>(clusters);
        files.machine()
                .map(machine -> machine.path("Driver").path("IPAddress").asText(""))
                .filter(address -> !address.isBlank())
                .ifPresent(address -> all.add(address.replaceAll("[.:]", "-") + ":" + PORT));
        read(files.kubeconfig()).ifPresent(config -> all.addAll(config.names(KubeconfigText.CLUSTERS)));
        return new VmEntries(files, all);
    }

    private static Optional<KubeconfigText> read(Path file) {
        try {
            return Files.isReadable(file) ? KubeconfigText.parse(Files.readString(file)) : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** Whether minishift makes an entry of that name. */
    boolean isMade(String section, String name) {
        return switch (section) {
            case KubeconfigText.CLUSTERS -> clusters.contains(name);
            case KubeconfigText.USERS ->
                clusters.stream().anyMatch(cluster -> Set.of("developer/" + cluster, "system:admin/" + cluster)
                        .contains(name));
            default ->
                name.equals(files.profile())
                        || clusters.stream()
                                .anyMatch(cluster -> name.endsWith("/" + cluster + "/developer")
                                        || name.endsWith("/" + cluster + "/system:admin"));
        };
    }

    /** Whether an entry names the VM's cluster, be it minishift's or the user's. */
    boolean isNamedBy(String text) {
        return clusters.stream().anyMatch(text::contains);
    }

    ObjectNode toJson() {
        ObjectNode json = JsonTree.object().put("home", files.home().toString()).put("profile", files.profile());
        clusters.forEach(json.putArray("clusters")::add);
        return json;
    }

    static VmEntries fromJson(JsonNode json) {
        Set<String> clusters = new TreeSet<>();
        json.path("clusters").forEach(name -> clusters.add(name.asText()));
        return new VmEntries(
                new MachineFiles(
                        Path.of(json.path("home").asText()),
                        json.path("profile").asText()),
                clusters);
    }
}
