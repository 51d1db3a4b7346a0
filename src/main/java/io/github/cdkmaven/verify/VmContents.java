package io.github.cdkmaven.verify;

import io.github.cdkmaven.minishift.VmShell.Output;
import io.github.cdkmaven.problem.Problem;
import java.util.List;
import java.util.Optional;

/**
 * What the VM says of itself.
 *
 * @param containers what runs
 * @param store what its docker holds
 * @param options what its docker goes by; absent where that could not be read
 * @param searches whether its docker is Red Hat's, which knows of registries to search and to refuse
 * @param authorities the certificates of the authorities that it trusts, as PEM; empty where they could not be read
 */
record VmContents(
        List<RunningContainer> containers,
        ImageStore store,
        Optional<DaemonOptions> options,
        boolean searches,
        String authorities) {

    /** What the VM is asked, so that {@link #of} can read its answers. */
    static final List<String> QUESTIONS = List.of(
            "docker ps --no-trunc --format '{{.Names}}|{{.Image}}'",
            "docker images --no-trunc --digests --format '{{.Repository}}|{{.Tag}}|{{.Digest}}|{{.ID}}'",
            "docker info 2>/dev/null",
            "cat /etc/systemd/system/docker.service.d/10-machine.conf 2>/dev/null",
            "cat /etc/pki/tls/certs/ca-bundle.crt 2>/dev/null");

    /**
     * Reads the answers.
     *
     * @throws io.github.cdkmaven.problem.ProblemException if its docker does not answer
     */
    static VmContents of(List<Output> answers) {
        Output names = answers.get(0);
        Output images = answers.get(1);
        if (!names.succeeded() || !images.succeeded()) {
            throw Problem.of(
                            "The docker in the VM does not answer.",
                            "look at 'minishift ssh -- docker ps' and 'minishift ssh -- sudo journalctl -u docker'")
                    .with(names.shown(), images.shown())
                    .toException();
        }
        DaemonInfo info = DaemonInfo.parse(answers.get(2).text());
        return new VmContents(
                containers(names.text()),
                store(images.text()),
                Optional.of(answers.get(3))
                        .filter(Output::succeeded)
                        .map(unit -> info.completing(DaemonOptions.parse(unit.text()))),
                info.searched().isPresent(),
                answers.get(4).text());
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
