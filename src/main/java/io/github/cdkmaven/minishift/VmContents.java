package io.github.cdkmaven.minishift;

import io.github.cdkmaven.engine.Contents;
import io.github.cdkmaven.engine.Contents.Container;
import io.github.cdkmaven.engine.Contents.StoredImage;
import io.github.cdkmaven.engine.RegistryPolicy;
import io.github.cdkmaven.minishift.VmShell.Output;
import io.github.cdkmaven.problem.Problem;
import io.github.cdkmaven.report.Check;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Reads what the VM's docker says of itself and of what it holds. */
final class VmContents {

    /** What the VM is asked, so that {@link #of} can read its answers. */
    static final List<String> QUESTIONS = List.of(
            "docker ps --no-trunc --format '{{.Names}}|{{.Image}}'",
            "docker images --no-trunc --digests --format '{{.Repository}}|{{.Tag}}|{{.Digest}}|{{.ID}}'",
            "docker info 2>/dev/null",
            "cat /etc/systemd/system/docker.service.d/10-machine.conf 2>/dev/null",
            "cat /etc/pki/tls/certs/ca-bundle.crt 2>/dev/null");

    private VmContents() {}

    /**
     * Reads the answers.
     *
     * @param wanted which registries the VM's docker was to be told
     * @param authority the one that minishift brings along
     * @param recreate how to get a new VM
     * @throws io.github.cdkmaven.problem.ProblemException if its docker does not answer
     */
    static Contents of(List<Output> answers, RegistryPolicy wanted, ProxyAuthority authority, String recreate) {
        Output names = answers.get(0);
        Output images = answers.get(1);
        if (!names.succeeded() || !images.succeeded()) {
            throw Problem.of(
                            "The docker in the VM does not answer.",
                            "check 'minishift ssh -- docker ps' and 'minishift ssh -- sudo journalctl -u docker'")
                    .with(names.shown(), images.shown())
                    .toException();
        }
        DaemonInfo info = DaemonInfo.parse(answers.get(2).text());
        Optional<RegistryPolicy> actual = Optional.of(answers.get(3))
                .filter(Output::succeeded)
                .map(unit -> info.completing(DockerRegistries.parse(unit.text())));
        boolean searches = info.searched().isPresent();
        List<Check> findings = new ArrayList<>();
        findings.add(DockerRegistries.check(wanted, actual, searches, recreate));
        authority.find(answers.get(4).text()).ifPresent(findings::add);
        return new Contents(
                containers(names.text()), images(images.text()), actual.filter(policy -> searches), findings);
    }

    static List<Container> containers(String text) {
        return text.lines()
                .map(line -> line.strip().split("\\|"))
                .filter(fields -> fields.length == 2)
                .map(fields -> new Container(fields[0], fields[1]))
                .toList();
    }

    static List<StoredImage> images(String text) {
        return text.lines()
                .map(line -> line.strip().split("\\|"))
                .filter(fields -> fields.length == 4)
                .map(fields -> new StoredImage(fields[0], fields[1], fields[2], fields[3]))
                .toList();
    }

    /**
     * What the running daemon says of its registries. Its unit says more, but a unit may have been changed since the daemon began.
     *
     * @param insecure the registries and networks that need no valid certificate; absent where it does not tell
     * @param searched where it looks for a name without a registry, Docker Hub last; absent where it is not Red Hat's docker
     */
    record DaemonInfo(Optional<List<String>> insecure, Optional<List<String>> searched) {

        private static final String INSECURE = "Insecure Registries:";
        private static final String SEARCHED = "Registries:";

        /** Reads {@code docker info}: a heading with an indented line for each, and one line {@code a (secure), b (insecure)}. */
        static DaemonInfo parse(String text) {
            List<String> lines = text.lines().toList();
            Optional<List<String>> insecure = Optional.empty();
            Optional<List<String>> searched = Optional.empty();
            for (int i = 0; i < lines.size(); i++) {
                String line = lines.get(i).strip();
                if (line.equals(INSECURE)) {
                    insecure = Optional.of(below(lines.get(i), lines.subList(i + 1, lines.size())));
                } else if (line.startsWith(SEARCHED)) {
                    searched = Optional.of(names(line.substring(SEARCHED.length())));
                }
            }
            return new DaemonInfo(insecure, searched);
        }

        /** Newer daemons indent the heading, too. */
        private static List<String> below(String heading, List<String> lines) {
            return lines.stream()
                    .takeWhile(line -> indentation(line) > indentation(heading))
                    .map(String::strip)
                    .toList();
        }

        private static int indentation(String line) {
            return line.length() - line.stripLeading().length();
        }

        private static List<String> names(String list) {
            return Stream.of(list.split(","))
                    .map(entry -> entry.strip().replaceFirst("\\s.*", ""))
                    .filter(name -> !name.isEmpty())
                    .toList();
        }

        /** The policy in force: what the daemon itself tells, and from its unit what it does not tell, which is what it blocks. */
        RegistryPolicy completing(RegistryPolicy unit) {
            return new RegistryPolicy(
                    insecure.orElse(unit.insecure()),
                    searched.map(DaemonInfo::withoutHub).orElse(unit.searched()),
                    unit.blocked());
        }

        /** Docker Hub ends the list of every daemon, whether it was added or not. */
        private static List<String> withoutHub(List<String> registries) {
            int others = Math.max(0, registries.size() - 1);
            return registries.subList(others, registries.size()).contains(RegistryPolicy.HUB)
                    ? registries.subList(0, others)
                    : registries;
        }
    }
}
