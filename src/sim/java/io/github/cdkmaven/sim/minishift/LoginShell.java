package io.github.cdkmaven.sim.minishift;

import io.github.cdkmaven.sim.minishift.ShellScript.Redirection;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** The login shell of the VM's user docker: runs what {@link ShellScript} understands with the programs that matter. */
final class LoginShell {

    /** What a program printed, one character a byte, and how it ended. */
    record Result(int status, String out, String err) {
        static Result ok(String out) {
            return new Result(0, out, "");
        }

        static Result failed(int status, String err) {
            return new Result(status, "", err);
        }

        private Result after(Result before) {
            return new Result(status, before.out + out, before.err + err);
        }
    }

    /** {@code exit N} ends the shell. */
    private static final class Exited extends RuntimeException {
        private static final long serialVersionUID = 1L;
        private final transient Result result;

        Exited(Result result) {
            super(null, null, false, false);
            this.result = result;
        }
    }

    private final Session session;
    private final boolean root;
    private final Map<String, String> variables = new HashMap<>();
    private String directory;
    private int last;

    LoginShell(Session session) {
        this(session, false, Map.of(), VmDisk.HOME);
    }

    private LoginShell(Session session, boolean root, Map<String, String> variables, String directory) {
        this.session = session;
        this.root = root;
        this.variables.putAll(variables);
        this.variables.put("HOME", root ? VmDisk.ROOTS_HOME : VmDisk.HOME);
        this.variables.put("USER", root ? "root" : "docker");
        this.directory = directory;
    }

    /** Runs a line, with the standard input of the call, and prints what comes of it; gives the status of the last command. */
    int run(String line) {
        Result result = script(line, this::standardInput);
        print(session.call().out(), result.out());
        print(session.call().err(), result.err());
        return result.status();
    }

    private static void print(java.io.PrintStream to, String bytes) {
        to.writeBytes(bytes.getBytes(StandardCharsets.ISO_8859_1));
        to.flush();
    }

    private String standardInput() {
        try {
            return new String(session.call().in().readAllBytes(), StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Result script(String line, Supplier<String> input) {
        try {
            return run(ShellScript.parse(line), input);
        } catch (Exited e) {
            return e.result;
        } catch (ShellScript.SyntaxException e) {
            return Result.failed(2, "bash: -c: line 1: " + e.getMessage() + "\n");
        }
    }

    private Result run(ShellScript.Node node, Supplier<String> input) {
        if (node instanceof ShellScript.Sequence sequence) {
            return sequence(sequence, input);
        }
        if (node instanceof ShellScript.Pipeline pipeline) {
            return pipeline(pipeline, input);
        }
        if (node instanceof ShellScript.Choice choice) {
            Result condition = run(choice.condition(), input);
            Optional<ShellScript.Node> branch =
                    condition.status() == 0 ? Optional.of(choice.then()) : choice.otherwise();
            Result result = branch.map(chosen -> run(chosen, input)).orElse(Result.ok(""));
            last = result.status();
            return result.after(condition);
        }
        if (node instanceof ShellScript.Group group) {
            Result result =
                    group.subshell() ? child(false).isolated(group.body(), input) : run(group.body(), input);
            return redirect(result, group.redirections());
        }
        return simple((ShellScript.Simple) node, input);
    }

    private LoginShell child(boolean asRoot) {
        return new LoginShell(session, root || asRoot, variables, directory);
    }

    private Result isolated(ShellScript.Node body, Supplier<String> input) {
        try {
            return run(body, input);
        } catch (Exited e) {
            return e.result;
        }
    }

    private Result sequence(ShellScript.Sequence sequence, Supplier<String> input) {
        Result all = Result.ok("");
        for (int i = 0; i < sequence.nodes().size(); i++) {
            String joint = sequence.joints().get(i);
            if (joint.equals(";") || joint.equals("&&") == (last == 0)) {
                try {
                    all = run(sequence.nodes().get(i), input).after(all);
                } catch (Exited e) {
                    throw new Exited(e.result.after(all));
                }
                last = all.status();
            }
        }
        return new Result(last, all.out(), all.err());
    }

    private Result pipeline(ShellScript.Pipeline pipeline, Supplier<String> input) {
        Supplier<String> next = input;
        Result result = Result.ok("");
        for (ShellScript.Node stage : pipeline.stages()) {
            Supplier<String> read = next;
            Result stageResult =
                    pipeline.stages().size() == 1 ? run(stage, read) : child(false).isolated(stage, read);
            result = new Result(stageResult.status(), stageResult.out(), result.err() + stageResult.err());
            next = stageResult::out;
        }
        int status = pipeline.negated() ? result.status() == 0 ? 1 : 0 : result.status();
        last = status;
        return new Result(status, result.out(), result.err());
    }

    private Result simple(ShellScript.Simple command, Supplier<String> input) {
        List<String> words = new ArrayList<>();
        for (ShellScript.Word word : command.words()) {
            if (word.pattern()) {
                return Result.failed(2, "bash: the simulated shell does not expand the pattern " + word.text() + "\n");
            }
            words.addAll(expand(word));
        }
        while (!words.isEmpty() && words.get(0).matches("[A-Za-z_]\\w*=(?s:.*)")) {
            String[] assignment = words.remove(0).split("=", 2);
            variables.put(assignment[0], assignment[1]);
        }
        Supplier<String> read = input;
        for (Redirection redirection : command.redirections()) {
            String file = redirection.file().map(this::path).orElse("");
            try {
                VmDisk disk = new VmDisk(session);
                if (redirection.operator().equals("<")) {
                    String content = disk.read(file, root);
                    read = () -> content;
                } else if (!file.isEmpty() && !redirection.operator().endsWith(">>")) {
                    // The shell opens the file before the command runs, with its own rights: sudo does not reach it.
                    disk.write(file, "", root);
                }
            } catch (VmDisk.DiskException e) {
                return Result.failed(1, "bash: line 1: " + file + ": " + e.getMessage() + "\n");
            }
        }
        Result result = words.isEmpty() ? Result.ok("") : program(words, read);
        return redirect(result, command.redirections());
    }

    private List<String> expand(ShellScript.Word word) {
        Map<String, String> known = new HashMap<>(variables);
        known.put("?", Integer.toString(last));
        for (int i = 0; i < word.substitutions().size(); i++) {
            Result result = child(false).isolated(word.substitutions().get(i), () -> "");
            String text = new String(result.out().getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
            known.put("sub:" + i, text.replaceFirst("\n+$", ""));
        }
        String text = word.text();
        boolean home = text.equals("~") || text.startsWith("~/");
        return ShellWords.of(home ? variables.get("HOME") + text.substring(1) : text, known);
    }

    private String path(ShellScript.Word word) {
        String file = String.join(" ", expand(word));
        return file.startsWith("/") ? file : directory + "/" + file;
    }

    /** Sends the output where the redirections say, the last one for each stream. */
    private Result redirect(Result result, List<Redirection> redirections) {
        String out = result.out();
        String err = result.err();
        for (Redirection redirection : redirections) {
            String operator = redirection.operator();
            switch (operator) {
                case "2>&1" -> {
                    // Behind a file it goes there too, which for all that is used here comes to the same.
                    out += err;
                    err = "";
                }
                case ">&2", "1>&2" -> {
                    err += out;
                    out = "";
                }
                default -> {
                    boolean errors = operator.startsWith("2");
                    if (operator.equals("<")) {
                        continue;
                    }
                    boolean both = !errors && redirections.stream().anyMatch(other -> other.operator().equals("2>&1"));
                    String content = errors ? err : both ? out + err : out;
                    err = errors || both ? "" : err;
                    out = errors ? out : "";
                    String file = redirection.file().map(this::path).orElse("");
                    try {
                        VmDisk disk = new VmDisk(session);
                        String before = operator.endsWith(">>") && disk.isFile(file) ? disk.read(file, root) : "";
                        disk.write(file, before + content, root);
                    } catch (VmDisk.DiskException e) {
                        return new Result(1, out, err + "bash: line 1: " + file + ": " + e.getMessage() + "\n");
                    }
                }
            }
        }
        return new Result(result.status(), out, err);
    }

    private Result program(List<String> words, Supplier<String> input) {
        List<String> arguments = words.subList(1, words.size());
        return switch (words.get(0)) {
            case "sudo" -> sudo(arguments, input);
            case "exit" -> {
                int status = arguments.isEmpty() ? last : Integer.parseInt(arguments.get(0)) & 0xff;
                throw new Exited(Result.failed(status, ""));
            }
            case "cd" -> {
                directory = arguments.isEmpty() ? variables.get("HOME") : arguments.get(0);
                yield Result.ok("");
            }
            case "set", "export", "umask" -> Result.ok("");
            case "sh", "bash" -> {
                int command = arguments.indexOf("-c");
                String line = command < 0 || command + 1 >= arguments.size()
                        ? input.get()
                        : arguments.get(command + 1);
                yield child(false).script(line, input);
            }
            default ->
                new VmPrograms(session, root, directory)
                        .run(words, input)
                        .orElseGet(() ->
                                Result.failed(127, "bash: line 1: " + words.get(0) + ": command not found\n"));
        };
    }

    private Result sudo(List<String> given, Supplier<String> input) {
        List<String> words = new ArrayList<>(given);
        while (!words.isEmpty() && words.get(0).startsWith("-")) {
            if (words.remove(0).equals("-u") && !words.isEmpty()) {
                words.remove(0);
            }
        }
        if (words.isEmpty()) {
            return Result.failed(1, "usage: sudo -h | -K | -k | -V\n");
        }
        if (words.get(0).equals("cd")) {
            return Result.failed(1, "sudo: cd: command not found\n");
        }
        return child(true).program(words, input);
    }
}
