package io.github.cdkmaven.minishift;

import io.github.cdkmaven.process.CommandRunner;
import io.github.cdkmaven.process.ProgramFiles;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The programs and folders of one CDK, as the POM names them or as they are found.
 *
 * @param minishift the executable; absent to look on the PATH
 * @param oc the executable; absent to take minishift's own, or one on the PATH
 * @param home MINISHIFT_HOME; absent for the environment's, or {@code ~/.minishift}
 * @param profile the profile; absent for the active one
 * @param accountHome the home folder of the account, where {@code .kube/config} lies
 * @param search where programs are looked for: the PATH
 */
public record CdkInstallation(
        Optional<Path> minishift,
        Optional<Path> oc,
        Optional<Path> home,
        Optional<String> profile,
        Path accountHome,
        List<Path> search) {

    public CdkInstallation {
        search = List.copyOf(search);
    }

    /** The home in force. */
    public Path homeInForce() {
        return home.or(() -> Optional.ofNullable(System.getenv("MINISHIFT_HOME"))
                        .filter(value -> !value.isBlank())
                        .map(Path::of))
                .orElseGet(() -> accountHome.resolve(".minishift"));
    }

    /** The same for one profile, whichever is active by then. */
    public CdkInstallation withProfile(String name) {
        return new CdkInstallation(minishift, oc, home, Optional.of(name), accountHome, search);
    }

    /** What minishift knows of the VM. */
    public MachineFiles machineFiles() {
        return MachineFiles.of(homeInForce(), profile);
    }

    /**
     * The minishift to run.
     *
     * @param kubeconfig the private file that it may write to
     * @throws io.github.cdkmaven.problem.ProblemException if it is not there
     */
    public Minishift minishift(CommandRunner runner, Path kubeconfig) {
        return new Minishift(runner, executable("minishift", minishift), home, profile, kubeconfig);
    }

    /**
     * The oc to run: the configured one, minishift's own, or one on the PATH.
     *
     * @throws io.github.cdkmaven.problem.ProblemException if there is none
     */
    public Path oc(MachineFiles files) {
        return oc.isEmpty() && files.oc().isPresent() ? files.oc().get() : executable("oc", oc);
    }

    private Path executable(String name, Optional<Path> configured) {
        return ProgramFiles.ofThisMachine().require(name, configured, search);
    }

    /** A program on the PATH. */
    public Optional<Path> onPath(String name) {
        return ProgramFiles.ofThisMachine().find(name, search);
    }
}
