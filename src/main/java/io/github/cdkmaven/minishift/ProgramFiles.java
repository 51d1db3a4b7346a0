package io.github.cdkmaven.minishift;

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
record ProgramFiles(List<String> suffixes) {

    ProgramFiles {
        suffixes = List.copyOf(suffixes);
    }

    /** As the system of this machine has it. */
    static ProgramFiles ofThisMachine() {
        return of(File.separatorChar == '\\', Optional.ofNullable(System.getenv("PATHEXT")));
    }

    static ProgramFiles of(boolean windows, Optional<String> pathExt) {
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

    /** The first program of a name in some folders. */
    Optional<Path> find(String name, List<Path> folders) {
        return folders.stream()
                .flatMap(folder -> suffixes.stream().map(suffix -> folder.resolve(name + suffix)))
                .filter(Files::isExecutable)
                .filter(Files::isRegularFile)
                .findFirst();
    }

    /** The file that is meant by a path which may lack its suffix, as one that the command line of Windows takes. */
    Path complete(Path file) {
        return Stream.concat(
                        Stream.of(file),
                        suffixes.stream().map(suffix -> file.resolveSibling(file.getFileName() + suffix)))
                .filter(Files::isRegularFile)
                .findFirst()
                .orElse(file);
    }
}
