package io.github.cdkmaven.sim.minishift;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;

/**
 * The login shell of the VM, as far as callers use it: commands joined by {@code ;}, {@code &&}, {@code ||} and
 * {@code |}, output into a file, and the few programs that matter.
 */
final class LoginShell {

    /** What a program printed and how it ended. */
    record Result(int status, String out, String err) {
        static Result ok(String out) {
            return new Result(0, out, "");
        }

        static Result failed(int status, String err) {
            return new Result(status, "", err);
        }
    }

    /** {@code exit N} ends the whole line. */
    private static final class Exited extends RuntimeException {
        private static final long serialVersionUID = 1L;
        private final int status;

        Exited(int status) {
            super(null, null, false, false);
            this.status = status;
        }
    }

    private final Session session;
    private final DockerCli docker;
    private int last;

    LoginShell(Session session) {
        this.session = session;
        this.docker = new DockerCli(session);
    }

    /** @return the status of the last command */
    int run(String line) {
        String joint = ";";
        try {
            for (String piece : split(line)) {
                if (List.of(";", "&&", "||").contains(piece)) {
                    joint = piece;
                } else if (joint.equals(";") || joint.equals("&&") == (last == 0)) {
                    last = pipeline(piece);
                }
            }
        } catch (Exited e) {
            return e.status;
        }
        return last;
    }

    private int pipeline(String text) {
        String input = "";
        int status = 0;
        List<String> stages = splitAt(text, "|");
        for (int i = 0; i < stages.size(); i++) {
            Result result = redirected(stages.get(i), input);
            session.call().err().print(result.err());
            session.call().err().flush();
            status = result.status();
            input = result.out();
        }
        session.call().print(input);
        return status;
    }

    private Result redirected(String text, String input) {
        List<String> parts = splitAt(text.replace("2>&1", "").replace("2>/dev/null", ""), ">");
        Result separate = command(words(parts.get(0)), input);
        Result result = text.contains("2>&1")
                ? new Result(separate.status(), separate.out() + separate.err(), "")
                : text.contains("2>/dev/null") ? new Result(separate.status(), separate.out(), "") : separate;
        if (parts.size() < 2) {
            return result;
        }
        boolean append = parts.size() > 2;
        String file = words(parts.get(parts.size() - 1)).get(0);
        if (!file.equals("/dev/null")) {
            write(file, (append ? read(file) : "") + result.out());
        }
        return new Result(result.status(), "", result.err());
    }

    private List<String> words(String text) {
        return ShellWords.of(text, Map.of("?", Integer.toString(last), "HOME", "/home/docker", "USER", "docker"));
    }

    private Result command(List<String> given, String input) {
        List<String> words = new ArrayList<>(given);
        while (!words.isEmpty() && List.of("sudo", "-E", "-n").contains(words.get(0))) {
            words.remove(0);
        }
        if (words.isEmpty()) {
            return Result.ok("");
        }
        List<String> arguments = words.subList(1, words.size());
        return switch (words.get(0)) {
            case "true", "mkdir", "install", "chmod", "chown", "systemctl", "update-ca-trust", "sync" -> Result.ok("");
            case "false" -> Result.failed(1, "");
            case "exit" -> throw new Exited(arguments.isEmpty() ? last : Integer.parseInt(arguments.get(0)) & 0xff);
            case "echo" -> Result.ok(String.join(" ", arguments) + "\n");
            case "printf" ->
                Result.ok(String.join(" ", arguments).replace("\\n", "\n").replaceFirst("^%s ?", ""));
            case "cat" -> cat(arguments, input);
            case "tee" -> tee(arguments, input);
            case "base64" ->
                Result.ok(new String(Base64.getMimeDecoder().decode(input), java.nio.charset.StandardCharsets.UTF_8));
            case "rm" -> remove(arguments);
            case "test", "[" -> Result.failed(exists(arguments) ? 0 : 1, "");
            case "sh", "bash" -> new Nested(arguments).run();
            case "docker" -> docker.run(arguments);
            default -> Result.failed(127, "bash: line 1: " + words.get(0) + ": command not found\n");
        };
    }

    /** {@code sh -c '…'}: the inner line prints by itself. */
    private final class Nested {
        private final List<String> arguments;

        Nested(List<String> arguments) {
            this.arguments = arguments;
        }

        Result run() {
            int command = arguments.indexOf("-c");
            String line = command < 0 || command + 1 >= arguments.size() ? "" : arguments.get(command + 1);
            return Result.failed(new LoginShell(session).run(line), "");
        }
    }

    private boolean exists(List<String> arguments) {
        return arguments.size() > 1 && Files.exists(session.vm().file(arguments.get(1)));
    }

    private Result cat(List<String> files, String input) {
        if (files.isEmpty() || files.get(0).equals("-")) {
            return Result.ok(input);
        }
        StringBuilder out = new StringBuilder();
        for (String file : files) {
            if (!isThere(file)) {
                return new Result(1, out.toString(), "cat: " + file + ": No such file or directory\n");
            }
            out.append(read(file));
        }
        return Result.ok(out.toString());
    }

    private boolean isThere(String file) {
        return BuiltInFiles.find(session, file).isPresent()
                || Files.isRegularFile(session.vm().file(file));
    }

    private String read(String file) {
        return BuiltInFiles.find(session, file)
                .orElseGet(() -> stored(session.vm().file(file)));
    }

    private static String stored(Path file) {
        try {
            return Files.exists(file) ? Files.readString(file) : "";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void write(String file, String content) {
        try {
            Path target = session.vm().file(file);
            Files.createDirectories(target.getParent());
            Files.writeString(target, content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Result tee(List<String> arguments, String input) {
        arguments.stream().filter(file -> !file.startsWith("-")).forEach(file -> write(file, input));
        return Result.ok(input);
    }

    private Result remove(List<String> arguments) {
        for (String file : arguments) {
            if (!file.startsWith("-")) {
                try {
                    Home.deleteTree(session.vm().file(file));
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }
        }
        return Result.ok("");
    }

    private static List<String> split(String line) {
        List<String> pieces = new ArrayList<>();
        for (String part : splitAt(line.replace("&&", "\u0001&\u0001").replace("||", "\u0001|\u0001"), "\u0001")) {
            if (part.equals("&")) {
                pieces.add("&&");
            } else if (part.equals("|")) {
                pieces.add("||");
            } else {
                List<String> sequence = splitAt(part, ";");
                for (int i = 0; i < sequence.size(); i++) {
                    if (i > 0) {
                        pieces.add(";");
                    }
                    pieces.add(sequence.get(i));
                }
            }
        }
        return pieces;
    }

    /** Splits outside of quotes. */
    private static List<String> splitAt(String text, String separator) {
        List<String> parts = new ArrayList<>();
        StringBuilder part = new StringBuilder();
        char quote = 0;
        for (char next : text.toCharArray()) {
            if (quote == 0 && next == separator.charAt(0)) {
                parts.add(part.toString());
                part.setLength(0);
                continue;
            }
            if (quote == 0 && (next == '\'' || next == '"')) {
                quote = next;
            } else if (next == quote) {
                quote = 0;
            }
            part.append(next);
        }
        parts.add(part.toString());
        return parts;
    }
}
