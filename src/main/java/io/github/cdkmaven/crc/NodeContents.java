package io.github.cdkmaven.crc;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.cdkmaven.crc.objects.RegistriesConf;
import io.github.cdkmaven.engine.Contents;
import io.github.cdkmaven.engine.Contents.Container;
import io.github.cdkmaven.engine.Contents.StoredImage;
import io.github.cdkmaven.engine.MachineEngine.Pull;
import io.github.cdkmaven.engine.RegistryPolicy;
import io.github.cdkmaven.json.JsonTree;
import io.github.cdkmaven.problem.Problem;
import io.github.cdkmaven.problem.ProblemException;
import io.github.cdkmaven.process.CommandResult;
import io.github.cdkmaven.process.Deadline;
import io.github.cdkmaven.report.Check;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What CRI-O in the VM runs and holds, and by which rules it pulls, asked by ssh. */
final class NodeContents {

    private static final Logger LOG = LoggerFactory.getLogger(NodeContents.class);

    /** No mirror has an image of this tag, so that an answer to it is one of the registry itself. */
    private static final String NOWHERE = "cdk-maven-plugin-probe";

    private static final String NONE = "<none>";

    private final NodeShell node;
    private final BundledImages bundled;

    NodeContents(NodeShell node, BundledImages bundled) {
        this.node = node;
        this.bundled = bundled;
    }

    /**
     * Notes which images came with the bundle, if that was not done yet. To be done before the cluster is told of any registry. A node that cannot be
     * asked is no reason to fail a start: verify says what is not proven then.
     */
    void remember(Deadline deadline) {
        if (bundled.read().isEmpty()) {
            try {
                bundled.write(images(deadline));
            } catch (ProblemException e) {
                LOG.warn(
                        "What came with the bundle cannot be listed, so verify relies on the release's repositories: {}",
                        e.problem().toSentence());
            }
        }
    }

    /**
     * Asks for all of it.
     *
     * @param wanted by which rules it is to pull
     * @throws io.github.cdkmaven.problem.ProblemException if the node cannot be asked
     */
    Contents read(RegistryPolicy wanted, Duration limit) {
        Deadline deadline = Deadline.in(limit);
        List<StoredImage> images = images(deadline);
        List<Container> containers = containers(ask(deadline, "sudo crictl ps -o json"));
        CommandResult conf = node.run(deadline.left(), "cat " + RegistriesConf.FILE);
        Optional<RegistryPolicy> policy =
                conf.succeeded() ? Optional.of(RegistriesConf.parse(conf.out()).policy()) : Optional.empty();
        Optional<Set<String>> list = bundled.read();
        List<Check> findings = new ArrayList<>(List.of(check(wanted, policy)));
        if (list.isEmpty()) {
            findings.add(Check.warn(
                    "verify.bundled",
                    CrcFiles.MACHINE,
                    "the images of its bundle were not listed when it was created, as a build does; images of the release count as bundled",
                    "for a proof, let a build create the VM: " + CrcEngine.goal("delete") + ", then start again"));
        }
        return new Contents(
                containers, images, policy, findings, list.orElseGet(() -> BundledImages.ofRelease(images)));
    }

    /** The images that are stored there, a row for each name. */
    private List<StoredImage> images(Deadline deadline) {
        List<StoredImage> rows = new ArrayList<>();
        for (JsonNode image : ask(deadline, "sudo crictl images -o json").path("images")) {
            rows.addAll(rows(image));
        }
        return rows;
    }

    /** Of one image; a tag and a digest of the same repository are one row. */
    private static List<StoredImage> rows(JsonNode image) {
        String id = "sha256:" + image.path("id").asText().replaceFirst("^sha256:", "");
        List<StoredImage> rows = new ArrayList<>();
        Set<String> tagged = new LinkedHashSet<>();
        for (JsonNode name : image.path("repoTags")) {
            String repository = name.asText().replaceFirst(":[^:/]*$", "");
            tagged.add(repository);
            rows.add(new StoredImage(
                    repository,
                    name.asText().substring(repository.length()).replaceFirst("^:", ""),
                    digest(image, repository),
                    id));
        }
        for (JsonNode name : image.path("repoDigests")) {
            String repository = name.asText().replaceFirst("@.*", "");
            if (!tagged.contains(repository)) {
                rows.add(new StoredImage(repository, NONE, name.asText().replaceFirst("^[^@]*@", ""), id));
            }
        }
        return rows;
    }

    private static String digest(JsonNode image, String repository) {
        for (JsonNode name : image.path("repoDigests")) {
            if (name.asText().startsWith(repository + "@")) {
                return name.asText().substring(repository.length() + 1);
            }
        }
        return NONE;
    }

    /** By the names that the kubelet of older clusters gives to containers: pods are found by them. */
    private static List<Container> containers(JsonNode told) {
        List<Container> containers = new ArrayList<>();
        for (JsonNode container : told.path("containers")) {
            JsonNode labels = container.path("labels");
            String name = "k8s_" + container.path("metadata").path("name").asText() + "_"
                    + labels.path("io.kubernetes.pod.name").asText() + "_"
                    + labels.path("io.kubernetes.pod.namespace").asText() + "_"
                    + labels.path("io.kubernetes.pod.uid").asText();
            String specified =
                    container.path("image").path("userSpecifiedImage").asText("");
            containers.add(new Container(
                    name, specified.isEmpty() ? container.path("imageRef").asText() : specified));
        }
        return containers;
    }

    private static Check check(RegistryPolicy wanted, Optional<RegistryPolicy> actual) {
        String subject = RegistriesConf.FILE;
        if (actual.isEmpty()) {
            return Check.warn(
                    "verify.registries",
                    subject,
                    "the node does not let it be read",
                    "check it in the VM: 'sudo cat " + subject + "'");
        }
        List<String> open = wanted.blocked().stream()
                .filter(registry -> !actual.get().blocks(registry))
                .toList();
        return open.isEmpty()
                ? Check.ok("verify.registries", subject, actual.get().toString())
                : Check.warn(
                        "verify.registries",
                        subject,
                        "CRI-O in the VM does not block " + String.join(", ", open),
                        "<configureCluster>true</configureCluster> (-Dcdk.configureCluster=true), and start again; on a VM that a build has started,"
                                + " auto is enough");
    }

    /**
     * Tries to pull some images, and removes what came. A mirror that has the image would hide what its own registry does: where there is one, a tag
     * is tried that no mirror has.
     */
    List<Pull> pull(List<String> images, Duration limit) {
        Deadline deadline = Deadline.in(limit);
        RegistriesConf conf = RegistriesConf.parse(
                node.run(deadline.left(), "cat " + RegistriesConf.FILE).out());
        Set<String> before = new LinkedHashSet<>();
        images(deadline).forEach(row -> before.add(row.name()));
        List<Pull> pulls = new ArrayList<>();
        for (String asked : images) {
            boolean mirrored =
                    conf.of(asked).filter(entry -> !entry.mirrors().isEmpty()).isPresent();
            String image = mirrored ? asked.replaceFirst("(@.*|:[^:/]*)?$", ":" + NOWHERE) : asked;
            CommandResult result = node.run(deadline.left(), "sudo crictl pull " + image);
            pulls.add(new Pull(image, result.succeeded(), ofSource(result.all()), ofSource(result.shown())));
            if (result.succeeded() && !before.contains(image)) {
                node.run(deadline.left(), "sudo crictl rmi " + image);
            }
        }
        return pulls;
    }

    /** What was said of the registry itself, without what its mirrors said (containers/image). */
    private static String ofSource(String text) {
        return text.replaceAll("\\(Mirrors also failed: \\[.*]\\): ", "");
    }

    private JsonNode ask(Deadline deadline, String command) {
        CommandResult result = node.run(deadline.left(), command);
        try {
            if (result.succeeded()) {
                return JsonTree.read(result.out());
            }
        } catch (IOException e) {
            // Told below.
        }
        throw Problem.of(
                        "The node in the VM does not answer '" + command + "'.",
                        "see what '" + node.typed(command) + "' says")
                .with(result.lastLines())
                .toException();
    }
}
