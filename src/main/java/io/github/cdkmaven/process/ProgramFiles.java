package io.github.cdkmaven.process;

import io.github.cdkmaven.problem.Problem;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * How the files of programs are called on this machine.
 *
 * @param suffixes what is added to a program's name; on Windows those of {@code PATHEXT}, in its order
 */
public record ProgramFiles(List<String> suffixes) {

    public ProgramFiles {
        suffixes = List.copyOf(suffixes);
    }

    /** As the system of this machine has it. */
    public static ProgramFiles ofThisMachine() {
        return of(File.separatorChar == '\\', Optional.ofNullable(System.getenv("PATHEXT")));
    }

    public static ProgramFiles of(boolean windows, Optional<String> pathExt) {
        if (!windows) {
            return new ProgramFiles(List.of(""));
        }
        return new ProgramFiles(Arrays.stream(pathExt.filter(text -> !text.isBlank())
                        .orElse(".exe;.cmd;.bat")
                        .split(";"))
                .map(String::strip)
                .filter(suffix -> suffix.startsWith("."))
                .toList());
    }

    /** The folders of the PATH. */
    public static List<Path> path(String value) {
        return Arrays.stream(value.split(File.pathSeparator))
                .filter(folder -> !folder.isBlank())
                .map(Path::of)
                .toList();
    }

    /**
     * The program that the parameter of its name gives, or the first of that name in some folders.
     *
     * @throws io.github.cdkmaven.problem.ProblemException if it is not there
     */
    public Path require(String name, Optional<Path> configured, List<Path> folders) {
        if (configured.isPresent()) {
            return existing(name, complete(configured.get()));
        }
        return find(name, folders).orElseThrow(() -> Problem.of(
                        "The program '" + name + "' was not found on the PATH.",
                        "put " + name + " on the PATH, or name it: <" + name + ">/path/to/" + name + "</" + name
                                + "> in the plugin's <configuration>, or -Dcdk." + name
                                + "=…; for a cluster that runs already, name its <kubeconfig> (-Dcdk.kubeconfig=…)")
                .toException());
    }

    private static Path existing(String name, Path file) {
        String what = "Parameter '" + name + "' is '" + file + "', ";
        String fix =
                "<" + name + "> in the plugin's <configuration>, or -Dcdk." + name + "=… with the executable itself";
        if (!Files.exists(file)) {
            throw Problem.of(what + "which does not exist.", fix).toException();
        }
        if (Files.isDirectory(file)) {
            throw Problem.of(what + "which is a folder.", fix).toException();
        }
        if (!Files.isExecutable(file)) {
            throw Problem.of(what + "which may not be executed.", "chmod +x " + file + ", or " + fix)
                    .toException();
        }
        return file.toAbsolutePath();
    }

    /** The first program of a name in some folders. */
    public Optional<Path> find(String name, List<Path> folders) {
        return folders.stream()
                .flatMap(folder -> suffixes.stream().map(suffix -> folder.resolve(name + suffix)))
                .filter(Files::isExecutable)
                .filter(Files::isRegularFile)
                .findFirst();
    }

    /** The file that is meant by a path which may lack its suffix, as one that the command line of Windows takes. */
    public Path complete(Path file) {
        return Stream.concat(
                        Stream.of(file),
                        suffixes.stream().map(suffix -> file.resolveSibling(file.getFileName() + suffix)))
                .filter(Files::isRegularFile)
                .findFirst()
                .orElse(file);
    }
}
