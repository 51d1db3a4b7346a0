package io.github.cdkmaven.sim;

import io.github.cdkmaven.sim.minishift.Call;
import io.github.cdkmaven.sim.minishift.Main;
import io.github.cdkmaven.sim.minishift.World;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Scanner;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Runs short commands of the simulated programs inside the JVM that made their world, because a JVM for each call takes most of the
 * tests' processor time.
 *
 * <p>A launcher names its process and waits for an exit status. Environment, folder and streams of the call are those of the launcher's
 * process, found in {@code /proc}. Nothing is kept from one call to the next.
 */
final class ProgramServer {

    private static final Path PROCESSES = Path.of("/proc");
    private static final Path SHELL = Path.of("/bin/bash");

    /** Where a launcher keeps its stdout and stderr, as they are turned elsewhere for moments. */
    private static final String OUT = "fd/4";

    private static final String ERR = "fd/5";

    private final ServerSocket socket;

    private ProgramServer(ServerSocket socket) {
        this.socket = socket;
    }

    private static final class Holder {
        private static final Optional<ProgramServer> ONCE = start();
    }

    private static Optional<ProgramServer> start() {
        if (!Files.isExecutable(SHELL) || !Files.isDirectory(PROCESSES.resolve("self/fd"))) {
            return Optional.empty();
        }
        try {
            ProgramServer server = new ProgramServer(new ServerSocket(0, 50, InetAddress.getByName("127.0.0.1")));
            inBackground(server::accept);
            return Optional.of(server);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void inBackground(Runnable work) {
        Thread thread = new Thread(work, "simulated-programs");
        thread.setDaemon(true);
        thread.start();
    }

    /**
     * The beginning of a launcher: its calls are answered by this JVM, but go on to the next line where this JVM has ended, belongs to
     * another account, or leaves the command to a process of its own.
     *
     * @param world the folder of the world
     * @param program as {@link Main} takes it
     */
    static String script(Path world, String program) {
        return Holder.ONCE.map(server -> server.lines(world, program)).orElse("#!/bin/sh\n");
    }

    private String lines(Path world, String program) {
        return String.join(
                "\n",
                "#!" + SHELL,
                "IFS= read -r -t 1 -N 1 given",
                "case $? in",
                "0) exec < <(printf %s \"$given\"; exec cat) ;;",
                "1)",
                "  exec 4>&1 5>&2",
                "  if { kill -0 " + ProcessHandle.current().pid() + " && exec 3<>/dev/tcp/127.0.0.1/"
                        + socket.getLocalPort() + "; } 2>/dev/null; then",
                "    printf '%s\\0' $$ \"" + program + "\" \"" + world + "\" $# \"$@\" >&3",
                "    if read -r status <&3; then exit \"$status\"; fi",
                "  fi",
                "  exec 3>&- 4>&- 5>&- ;;",
                "esac",
                "");
    }

    private void accept() {
        while (!socket.isClosed()) {
            try {
                Socket client = socket.accept();
                inBackground(() -> answer(client));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private static void answer(Socket client) {
        try (client;
                Scanner words = new Scanner(client.getInputStream(), StandardCharsets.UTF_8).useDelimiter("\0")) {
            Path process = PROCESSES.resolve(words.next());
            String program = words.next();
            World world = World.at(Path.of(words.next()));
            List<String> arguments =
                    IntStream.range(0, words.nextInt()).mapToObj(i -> words.next()).toList();
            Map<String, String> environment = environment(process);
            if (Main.isShort(world, program, arguments) && isReachable(process, environment)) {
                int status = run(process, world, program, arguments, environment);
                client.getOutputStream().write((status + "\n").getBytes(StandardCharsets.UTF_8));
            }
        } catch (IOException e) {
            // The launcher has ended, or runs the command itself now that the connection is closed.
        }
    }

    /** A file would be written from its beginning, and a relative name stands for another file here. */
    private static boolean isReachable(Path process, Map<String, String> environment) throws IOException {
        for (String stream : List.of(OUT, ERR)) {
            String target = Files.readSymbolicLink(process.resolve(stream)).toString();
            if (!target.startsWith("pipe:") && !target.equals("/dev/null")) {
                return false;
            }
        }
        return Stream.of("HOME", "MINISHIFT_HOME", "KUBECONFIG")
                .allMatch(name -> environment.getOrDefault(name, "/").startsWith("/"));
    }

    private static int run(
            Path process, World world, String program, List<String> arguments, Map<String, String> environment)
            throws IOException {
        ProcessHandle handle = ProcessHandle.of(
                        Long.parseLong(process.getFileName().toString()))
                .orElseThrow();
        try (PrintStream out = stream(process.resolve(OUT));
                PrintStream err = stream(process.resolve(ERR))) {
            Call call = new Call(world, arguments, environment, InputStream.nullInputStream(), out, err);
            return Main.run(call, program, handle);
        } catch (RuntimeException e) {
            e.printStackTrace();
            return 1;
        }
    }

    private static PrintStream stream(Path file) throws IOException {
        OutputStream out = Files.newOutputStream(file, StandardOpenOption.WRITE);
        return new PrintStream(out, true, StandardCharsets.UTF_8);
    }

    private static Map<String, String> environment(Path process) throws IOException {
        String variables = Files.readString(process.resolve("environ"));
        return Stream.of(variables.split("\0"))
                .filter(variable -> variable.indexOf('=') > 0)
                .collect(Collectors.toMap(
                        variable -> variable.substring(0, variable.indexOf('=')),
                        variable -> variable.substring(variable.indexOf('=') + 1),
                        (first, second) -> second));
    }
}
