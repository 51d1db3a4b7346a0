package io.github.cdkmaven.sim.minishift;

import io.github.cdkmaven.sim.minishift.LoginShell.Result;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** The few programs of the VM that callers use. An option that one of them does not know is an error, as with the real one. */
final class VmPrograms {

    private final Session session;
    private final VmDisk disk;
    private final boolean root;
    private final String directory;

    VmPrograms(Session session, boolean root, String directory) {
        this.session = session;
        this.disk = new VmDisk(session);
        this.root = root;
        this.directory = directory;
    }

    /** Runs a program; empty for one that is not there. */
    Optional<Result> run(List<String> words, Supplier<String> input) {
        List<String> arguments = words.subList(1, words.size());
        return Optional.ofNullable(
                switch (words.get(0)) {
                    case "true", "sync", ":" -> Result.ok("");
                    case "false" -> Result.failed(1, "");
                    case "echo" -> echo(arguments);
                    case "printf" -> printf(arguments);
                    case "cat" -> cat(arguments, input);
                    case "tee" -> tee(arguments, input);
                    case "base64" -> base64(arguments, input);
                    case "sha256sum" -> sha256(arguments, input);
                    case "wc" -> Result.ok(count(arguments, input.get()) + "\n");
                    case "mkdir" -> mkdir(arguments);
                    case "rm" -> remove(arguments);
                    case "mv", "cp" -> copy(words.get(0), arguments);
                    case "ls" -> list(arguments);
                    case "chmod", "chown", "restorecon" -> ofFiles(words.get(0), arguments);
                    case "test", "[" -> Result.failed(test(arguments) ? 0 : 1, "");
                    case "id" -> Result.ok((root ? "0" : "1000") + "\n");
                    case "whoami" -> Result.ok((root ? "root" : "docker") + "\n");
                    case "update-ca-trust" -> updateAuthorities();
                    case "systemctl" -> systemctl(arguments);
                    case "docker" -> new DockerCli(session, home()).run(arguments);
                    default -> null;
                });
    }

    private String home() {
        return root ? VmDisk.ROOTS_HOME : VmDisk.HOME;
    }

    private String absolute(String file) {
        return file.startsWith("/") ? file : directory + "/" + file;
    }

    private static List<String> files(List<String> arguments) {
        return arguments.stream().filter(word -> word.equals("-") || !word.startsWith("-")).toList();
    }

    private static List<String> options(List<String> arguments) {
        return arguments.stream().filter(word -> !word.equals("-") && word.startsWith("-")).toList();
    }

    /** Text as the bytes that it has in the VM, one to a character. */
    static String bytes(String text) {
        return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
    }

    private static Result echo(List<String> arguments) {
        boolean open = !arguments.isEmpty() && arguments.get(0).equals("-n");
        return Result.ok(bytes(String.join(" ", arguments.subList(open ? 1 : 0, arguments.size()))) + (open ? "" : "\n"));
    }

    /** {@code printf FORMAT ARGUMENT…} with {@code %s} and {@code %%} and the usual escapes in the format. */
    private static Result printf(List<String> arguments) {
        if (arguments.isEmpty()) {
            return Result.failed(2, "printf: usage: printf [-v var] format [arguments]\n");
        }
        String format = arguments.get(0).replace("\\n", "\n").replace("\\t", "\t");
        List<String> left = new ArrayList<>(arguments.subList(1, arguments.size()));
        StringBuilder out = new StringBuilder();
        do {
            for (String part : format.split("(?<=%[s%])|(?=%[s%])")) {
                out.append(part.equals("%s") ? left.isEmpty() ? "" : left.remove(0) : part.equals("%%") ? "%" : part);
            }
        } while (!left.isEmpty() && format.contains("%s"));
        return Result.ok(bytes(out.toString()));
    }

    private Result cat(List<String> arguments, Supplier<String> input) {
        StringBuilder out = new StringBuilder();
        StringBuilder err = new StringBuilder();
        for (String file : arguments.isEmpty() ? List.of("-") : files(arguments)) {
            try {
                out.append(file.equals("-") ? input.get() : disk.read(absolute(file), root));
            } catch (VmDisk.DiskException e) {
                err.append("cat: ").append(file).append(": ").append(e.getMessage()).append('\n');
            }
        }
        return new Result(err.isEmpty() ? 0 : 1, out.toString(), err.toString());
    }

    private Result tee(List<String> arguments, Supplier<String> input) {
        boolean append = arguments.contains("-a") || arguments.contains("--append");
        String content = input.get();
        StringBuilder err = new StringBuilder();
        for (String file : files(arguments)) {
            try {
                String path = absolute(file);
                String before = append && disk.isFile(path) ? disk.read(path, root) : "";
                disk.write(path, before + content, root);
            } catch (VmDisk.DiskException e) {
                err.append("tee: ").append(file).append(": ").append(e.getMessage()).append('\n');
            }
        }
        return new Result(err.isEmpty() ? 0 : 1, content, err.toString());
    }

    private Result base64(List<String> arguments, Supplier<String> input) {
        boolean decode = options(arguments).stream().anyMatch(List.of("-d", "-D", "--decode", "-di", "-id")::contains);
        try {
            List<String> files = files(arguments).stream()
                    .filter(word -> !word.matches("\\d+"))
                    .toList();
            String content =
                    files.isEmpty() || files.get(0).equals("-") ? input.get() : disk.read(absolute(files.get(0)), root);
            byte[] bytes = content.getBytes(StandardCharsets.ISO_8859_1);
            if (!decode) {
                boolean whole = String.join(" ", arguments).matches(".*(-w ?0|--wrap=0).*");
                Base64.Encoder encoder = whole ? Base64.getEncoder() : Base64.getMimeEncoder(76, new byte[] {'\n'});
                return Result.ok(encoder.encodeToString(bytes) + (whole ? "" : "\n"));
            }
            byte[] decoded = Base64.getDecoder()
                    .decode(content.replaceAll("\\s", "").getBytes(StandardCharsets.ISO_8859_1));
            return Result.ok(new String(decoded, StandardCharsets.ISO_8859_1));
        } catch (VmDisk.DiskException e) {
            return Result.failed(1, "base64: " + e.getMessage() + "\n");
        } catch (IllegalArgumentException e) {
            return Result.failed(1, "base64: invalid input\n");
        }
    }

    private Result sha256(List<String> arguments, Supplier<String> input) {
        try {
            StringBuilder out = new StringBuilder();
            for (String file : arguments.isEmpty() ? List.of("-") : files(arguments)) {
                String content = file.equals("-") ? input.get() : disk.read(absolute(file), root);
                byte[] hash = MessageDigest.getInstance("SHA-256")
                        .digest(content.getBytes(StandardCharsets.ISO_8859_1));
                out.append(HexFormat.of().formatHex(hash)).append("  ").append(file).append('\n');
            }
            return Result.ok(out.toString());
        } catch (VmDisk.DiskException e) {
            return Result.failed(1, "sha256sum: " + e.getMessage() + "\n");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static long count(List<String> arguments, String content) {
        return arguments.contains("-c") ? content.length() : content.chars().filter(c -> c == '\n').count();
    }

    private Result mkdir(List<String> arguments) {
        boolean parents = options(arguments).stream().anyMatch(option -> option.matches("-\\w*p\\w*|--parents"));
        StringBuilder err = new StringBuilder();
        for (int i = 0; i < arguments.size(); i++) {
            String word = arguments.get(i);
            if (word.equals("-m")) {
                i++;
            } else if (!word.startsWith("-")) {
                try {
                    disk.makeDirectory(absolute(word), parents, root);
                } catch (VmDisk.DiskException e) {
                    err.append("mkdir: cannot create directory '" + word + "': " + e.getMessage() + "\n");
                }
            }
        }
        return new Result(err.isEmpty() ? 0 : 1, "", err.toString());
    }

    private Result remove(List<String> arguments) {
        boolean recursive = options(arguments).stream().anyMatch(option -> option.matches("-\\w*[rR]\\w*"));
        boolean force = options(arguments).stream().anyMatch(option -> option.matches("-\\w*f\\w*"));
        StringBuilder err = new StringBuilder();
        for (String file : files(arguments)) {
            try {
                disk.remove(absolute(file), recursive, root);
            } catch (VmDisk.DiskException e) {
                boolean absent = e.getMessage().startsWith("No such");
                if (!(force && absent)) {
                    err.append("rm: cannot remove '" + file + "': " + e.getMessage() + "\n");
                }
            }
        }
        return new Result(err.isEmpty() ? 0 : 1, "", err.toString());
    }

    private Result copy(String program, List<String> arguments) {
        List<String> files = files(arguments);
        if (files.size() != 2) {
            return Result.failed(1, program + ": missing file operand\n");
        }
        try {
            String from = absolute(files.get(0));
            String to = absolute(files.get(1));
            String target = disk.isDirectory(to) ? to + "/" + from.replaceFirst(".*/", "") : to;
            disk.write(target, disk.read(from, root), root);
            if (program.equals("mv")) {
                disk.remove(from, false, root);
            }
            return Result.ok("");
        } catch (VmDisk.DiskException e) {
            return Result.failed(1, program + ": " + e.getMessage() + "\n");
        }
    }

    private Result list(List<String> arguments) {
        StringBuilder out = new StringBuilder();
        List<String> files = files(arguments);
        for (String file : files.isEmpty() ? List.of(directory) : files) {
            String path = absolute(file);
            if (disk.isFile(path)) {
                out.append(file).append('\n');
                continue;
            }
            try {
                disk.list(path).forEach(name -> out.append(name).append('\n'));
            } catch (VmDisk.DiskException e) {
                return new Result(2, out.toString(), "ls: cannot access " + file + ": " + e.getMessage() + "\n");
            }
        }
        return Result.ok(out.toString());
    }

    /** Modes and owners are not kept, but the files have to be there and another's are not changed. */
    private Result ofFiles(String program, List<String> arguments) {
        List<String> words = files(arguments);
        for (String file : words.subList(program.equals("restorecon") ? 0 : Math.min(1, words.size()), words.size())) {
            String path = absolute(file);
            if (!disk.isFile(path) && !disk.isDirectory(path)) {
                return Result.failed(1, program + ": cannot access '" + file + "': No such file or directory\n");
            }
            if (!root && !path.startsWith(VmDisk.HOME) && !path.startsWith("/tmp")) {
                return Result.failed(1, program + ": changing '" + file + "': Operation not permitted\n");
            }
        }
        return Result.ok("");
    }

    private boolean test(List<String> given) {
        List<String> words = new ArrayList<>(given);
        words.remove("]");
        if (!words.isEmpty() && words.get(0).equals("!")) {
            return !test(words.subList(1, words.size()));
        }
        if (words.size() == 3) {
            boolean equal = words.get(0).equals(words.get(2));
            return switch (words.get(1)) {
                case "=", "==", "-eq" -> equal;
                default -> !equal;
            };
        }
        if (words.size() < 2) {
            return !words.isEmpty() && !words.get(0).isEmpty();
        }
        String path = absolute(words.get(1));
        return switch (words.get(0)) {
            case "-d" -> disk.isDirectory(path);
            case "-f" -> disk.isFile(path);
            case "-n" -> !words.get(1).isEmpty();
            case "-z" -> words.get(1).isEmpty();
            case "-s" -> disk.isFile(path) && !cat(List.of(path), () -> "").out().isEmpty();
            default -> disk.isFile(path) || disk.isDirectory(path);
        };
    }

    /** Makes one file of all anchors; docker reads it when it starts. */
    private Result updateAuthorities() {
        StringBuilder bundle = new StringBuilder();
        try {
            for (String name : disk.list(Docker.ANCHORS)) {
                bundle.append(disk.read(Docker.ANCHORS + "/" + name, root)).append('\n');
            }
            disk.write(Docker.BUNDLE, bundle.toString(), root);
            return Result.ok("");
        } catch (VmDisk.DiskException e) {
            return Result.failed(1, "p11-kit: couldn't write: " + Docker.BUNDLE + ": " + e.getMessage() + "\n");
        }
    }

    private Result systemctl(List<String> arguments) {
        boolean restart = arguments.size() == 2
                && List.of("restart", "reload-or-restart").contains(arguments.get(0))
                && arguments.get(1).matches("docker(\\.service)?");
        if (!restart) {
            return Result.ok("");
        }
        if (!root) {
            return Result.failed(1, "Failed to restart docker.service: Interactive authentication required.\n");
        }
        session.docker().restart();
        return Result.ok("");
    }
}
