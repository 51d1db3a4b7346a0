package io.github.cdkmaven.crc;

import io.github.cdkmaven.process.ProgramFiles;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The program and the account of one OpenShift Local.
 *
 * @param crc the executable; absent to look on the PATH
 * @param oc the executable; absent to take the bundle's, or one on the PATH
 * @param accountHome the home of the account, in which crc keeps everything
 * @param search where programs are looked for: the PATH
 * @param environment the build's environment, by which crc goes as well
 */
public record CrcInstallation(
        Optional<Path> crc, Optional<Path> oc, Path accountHome, List<Path> search, Map<String, String> environment) {

    public CrcInstallation {
        search = List.copyOf(search);
        environment = Map.copyOf(environment);
    }

    /** What crc keeps of the VM. */
    CrcFiles files() {
        return CrcFiles.of(accountHome);
    }

    /** The user's settings of crc, as they are by now. */
    CrcSettings settings() {
        return new CrcSettings(files().settings(), environment);
    }

    /**
     * The crc to run.
     *
     * @throws io.github.cdkmaven.problem.ProblemException if it is not there
     */
    Path executable() {
        return ProgramFiles.ofThisMachine().require("crc", crc, search);
    }

    /** Where programs are looked for that may lie beside crc. */
    List<Path> besideAndSearch() {
        return Stream.concat(Stream.ofNullable(executable().toAbsolutePath().getParent()), search.stream())
                .toList();
    }

    /** The oc to run: the configured one, the bundle's, or one on the PATH; empty where there is none. */
    Optional<Path> findOc() {
        ProgramFiles programs = ProgramFiles.ofThisMachine();
        return oc.map(programs::complete)
                .or(() -> Optional.of(files().oc()).filter(file -> file.toFile().canExecute()))
                .or(() -> programs.find("oc", search));
    }
}
