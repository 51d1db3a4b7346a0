package io.github.cdkmaven.verify;

import io.github.cdkmaven.minishift.VmShell;
import io.github.cdkmaven.minishift.VmShell.Output;
import io.github.cdkmaven.problem.Problem;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What the VM says of itself.
 *
 * @param containers what runs
 * @param store what its docker holds
 * @param options what its docker was told; absent where that could not be read
 * @param searches whether its docker is Red Hat's, which knows of registries to search and to refuse
 * @param authorities the certificates of the authorities that it trusts, as PEM; empty where they could not be read
 */
record VmContents(
        List<RunningContainer> containers,
        ImageStore store,
        Optional<DaemonOptions> options,
        boolean searches,
        String authorities) {

    private static final String NAMES = "docker ps --no-trunc --format '{{.Names}}|{{.Image}}'";
    private static final String IMAGES =
            "docker images --no-trunc --digests --format '{{.Repository}}|{{.Tag}}|{{.Digest}}|{{.ID}}'";
    private static final String INFO = "docker info 2>/dev/null";
    private static final String UNIT = "cat /etc/systemd/system/docker.service.d/10-machine.conf 2>/dev/null";
    private static final String AUTHORITIES = "cat /etc/pki/tls/certs/ca-bundle.crt 2>/dev/null";

    /**
     * Asks the VM.
     *
     * @throws io.github.cdkmaven.problem.ProblemException if it cannot be asked, or if its docker does not answer
     */
    static VmContents read(VmShell shell, Duration limit) {
        List<Output> outputs = shell.run(limit, List.of(NAMES, IMAGES, INFO, UNIT, AUTHORITIES));
        if (!outputs.get(0).succeeded() || !outputs.get(1).succeeded()) {
            throw Problem.of(
                            "The docker in the VM does not answer.",
                            "look at 'minishift ssh -- docker ps' and 'minishift ssh -- sudo journalctl -u docker'")
                    .with(outputs.get(0).text().strip(), outputs.get(1).text().strip())
                    .toException();
        }
        return new VmContents(
                containers(outputs.get(0).text()),
                store(outputs.get(1).text()),
                Optional.of(outputs.get(3)).filter(Output::succeeded).map(unit -> DaemonOptions.parse(unit.text())),
                outputs.get(2).text().lines().anyMatch(line -> line.strip().startsWith("Registries:")),
                outputs.get(4).text());
    }

    /** Where its docker looks for a name without a registry. */
    SearchOrder search() {
        return options.filter(known -> searches).map(SearchOrder::of).orElseGet(SearchOrder::ordinary);
    }

    static List<RunningContainer> containers(String text) {
        return text.lines()
                .map(line -> line.strip().split("\\|"))
                .filter(fields -> fields.length == 2)
                .map(fields -> new RunningContainer(fields[0], fields[1]))
                .toList();
    }

    static ImageStore store(String text) {
        return new ImageStore(text.lines()
                .map(line -> line.strip().split("\\|"))
                .filter(fields -> fields.length == 4)
                .map(fields -> new StoredImage(fields[0], fields[1], fields[2], fields[3]))
                .toList());
    }
}
