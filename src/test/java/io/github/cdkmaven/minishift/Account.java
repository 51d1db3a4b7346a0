package io.github.cdkmaven.minishift;

import io.github.cdkmaven.process.Deadline;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** An account with a {@code ~/.kube/config}, and a minishift before 1.26 with its VM at 192.168.42.7. */
final class Account {

    /** What minishift does to the file. */
    enum Minishift {
        WRITES_NOTHING,
        STARTS_FIRST,
        IS_CUT_OFF
    }

    /** What the user does to the file after that, while minishift still runs. */
    enum User {
        DOES_NOTHING,
        ADDS_A_CONTEXT,
        ADDS_A_COMMENT,
        SWITCHES,
        REMOVES_AN_ENTRY,
        LOGS_IN_TO_THE_VM_AS_JANE,
        DELETES_THE_FILE
    }

    static final String VM = "192-168-42-7:8443";

    private final Path home;

    Account(Path home) {
        this.home = home;
    }

    Path home() {
        return home;
    }

    Path folder() {
        return home.resolve(".kube");
    }

    Path config() {
        return folder().resolve("config");
    }

    Path state() {
        return home.resolve(".cdk-maven-plugin").resolve("kubeconfig.json");
    }

    MachineFiles files() {
        return new MachineFiles(home.resolve(".minishift"), "minishift");
    }

    /** The text that programs written in Go make of entries; {@code vm} stands for all that minishift makes. */
    static String text(String current, String... entries) {
        StringBuilder clusters = new StringBuilder();
        StringBuilder contexts = new StringBuilder();
        StringBuilder users = new StringBuilder();
        for (String entry : new TreeSet<>(Arrays.asList(entries))) {
            switch (entry) {
                case "vm" -> {
                    clusters.append(cluster(VM, "https://192.168.42.7:8443"));
                    contexts.append(context("minishift", VM, "developer/" + VM))
                            .append(context("default/" + VM + "/system:admin", VM, "system:admin/" + VM))
                            .append(context("myproject/" + VM + "/developer", VM, "developer/" + VM));
                    users.append(user("developer/" + VM)).append(user("system:admin/" + VM));
                }
                case "vm-jane" -> {
                    contexts.append(context("myproject/" + VM + "/jane", VM, "jane/" + VM));
                    users.append(user("jane/" + VM));
                }
                default -> {
                    clusters.append(cluster(entry, "https://" + entry + ".example:6443"));
                    contexts.append(context(entry, entry, entry));
                    users.append(user(entry));
                }
            }
        }
        return "apiVersion: v1\n" + section("clusters", clusters) + section("contexts", contexts)
                + "current-context: " + (current.isEmpty() ? "\"\"" : current)
                + "\nkind: Config\npreferences: {}\n" + section("users", users);
    }

    private static String section(String name, StringBuilder items) {
        return name + ":" + (items.length() == 0 ? " []\n" : "\n" + items);
    }

    private static String cluster(String name, String server) {
        return "- cluster:\n    certificate-authority-data: Q0E=\n    server: " + server + "\n  name: " + name + "\n";
    }

    private static String context(String name, String cluster, String user) {
        return "- context:\n    cluster: " + cluster + "\n    namespace: default\n    user: " + user + "\n  name: "
                + name + "\n";
    }

    private static String user(String name) {
        return "- name: " + name + "\n  user:\n    token: t-" + name.hashCode() + "\n";
    }

    Account has(String text) {
        write(config(), text);
        return this;
    }

    /** Protects the file during what minishift and the user do. */
    <T> T during(Supplier<T> work) {
        return UserKubeconfig.during(home, files(), Deadline.in(Duration.ofSeconds(20)), work);
    }

    /** The next build, in which nothing happens. */
    void nextBuild() {
        during(() -> "nothing");
    }

    void act(Minishift minishift, User user) {
        act(minishift);
        act(user, minishift == Minishift.STARTS_FIRST);
    }

    private void act(Minishift minishift) {
        boolean was = Files.exists(config());
        String after = was ? text("minishift", "prod", "test", "vm") : text("minishift", "vm");
        switch (minishift) {
            case WRITES_NOTHING -> {}
            case STARTS_FIRST -> {
                write(files().kubeconfig(), text("default/" + VM + "/system:admin", "vm"));
                write(config(), after);
            }
            case IS_CUT_OFF -> write(config(), after.substring(0, after.length() / 2));
        }
    }

    private void act(User user, boolean vm) {
        String[] all = vm ? new String[] {"prod", "test", "vm"} : new String[] {"prod", "test"};
        String current = vm ? "minishift" : "prod";
        switch (user) {
            case DOES_NOTHING -> {}
            case ADDS_A_CONTEXT ->
                write(
                        config(),
                        text(
                                current,
                                Stream.concat(Stream.of(all), Stream.of("mine")).toArray(String[]::new)));
            case ADDS_A_COMMENT -> write(config(), text(current, all) + "# mine\n");
            case SWITCHES -> write(config(), text("test", all));
            case REMOVES_AN_ENTRY ->
                write(
                        config(),
                        text(
                                current,
                                Stream.of(all)
                                        .filter(name -> !name.equals("test"))
                                        .toArray(String[]::new)));
            case LOGS_IN_TO_THE_VM_AS_JANE -> write(config(), text(current, "prod", "test", "vm", "vm-jane"));
            case DELETES_THE_FILE -> delete(config());
        }
    }

    List<String> names() {
        try (Stream<Path> files = Files.list(folder())) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static void write(Path file, String text) {
        try {
            Files.createDirectories(file.getParent());
            Files.write(file, text.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
