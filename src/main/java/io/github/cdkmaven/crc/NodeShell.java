package io.github.cdkmaven.crc;

import io.github.cdkmaven.problem.Problem;
import io.github.cdkmaven.process.Command;
import io.github.cdkmaven.process.CommandResult;
import io.github.cdkmaven.process.CommandRunner;
import io.github.cdkmaven.process.ProgramFiles;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * The shell of the VM's node, by ssh with the key that crc has made for it. Host keys change with every VM, so that none is remembered, and none of the
 * user's settings of ssh count (crc {@code pkg/crc/machine/ip.go}).
 */
final class NodeShell {

    private static final String USER = "core";
    private static final int FORWARDED = 2222;
    private static final int OWN = 22;

    private final CrcFiles files;
    private final boolean userMode;
    private final Supplier<Optional<String>> ip;
    private final CommandRunner runner;
    private final List<Path> search;

    /**
     * The node's shell.
     *
     * @param userMode whether the VM's port is forwarded to this machine
     * @param ip tells the VM's address
     * @param search where {@code ssh} is looked for, in this order
     */
    NodeShell(
            CrcFiles files, boolean userMode, Supplier<Optional<String>> ip, CommandRunner runner, List<Path> search) {
        this.files = files;
        this.userMode = userMode;
        this.ip = ip;
        this.runner = runner;
        this.search = search;
    }

    /**
     * Runs a command there.
     *
     * @throws io.github.cdkmaven.problem.ProblemException if there is no ssh, no key or no address
     */
    CommandResult run(Duration limit, String command) {
        Path ssh = ProgramFiles.ofThisMachine().find("ssh", search).orElseThrow(() -> Problem.of(
                        "The program 'ssh', with which the plugin inspects the node in the VM, was not found.",
                        "install an OpenSSH client, and put it on the PATH")
                .with("looked into " + search)
                .toException());
        List<String> words = new ArrayList<>(List.of("-i", key().toString(), "-p", port()));
        Stream.of(
                        "BatchMode=yes",
                        "IdentitiesOnly=yes",
                        "StrictHostKeyChecking=no",
                        "UserKnownHostsFile=" + nowhere(),
                        "GlobalKnownHostsFile=" + nowhere(),
                        "LogLevel=ERROR",
                        "ConnectTimeout=20")
                .forEach(option -> words.addAll(List.of("-o", option)));
        words.add(USER + "@" + address());
        words.add(command);
        return runner.run(new Command(ssh, words, Map.of(), limit));
    }

    /** The same as a person types it. */
    String typed(String command) {
        return "ssh -i " + files.sshKey().map(Path::toString).orElse("~/.crc/machines/crc/id_ed25519") + " -p " + port()
                + " " + USER + "@" + ip.get().orElse("127.0.0.1") + " " + command;
    }

    private static String nowhere() {
        return System.getProperty("os.name").startsWith("Windows") ? "NUL" : "/dev/null";
    }

    private String port() {
        return Integer.toString(userMode ? FORWARDED : OWN);
    }

    private Path key() {
        return files.sshKey().orElseThrow(() -> Problem.of(
                        "crc has no ssh key for its VM.",
                        CrcEngine.goal("delete") + ", then start again: crc makes one with the VM")
                .toException());
    }

    private String address() {
        return ip.get().orElseThrow(() -> Problem.of("'crc ip' did not print the VM's address.", "check 'crc status'")
                .toException());
    }
}
