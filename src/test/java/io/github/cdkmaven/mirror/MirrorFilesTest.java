package io.github.cdkmaven.mirror;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.cdkmaven.image.RegistryName;
import io.github.cdkmaven.image.Relocation;
import io.github.cdkmaven.minishift.images.Catalog;
import io.github.cdkmaven.minishift.images.Products;
import io.github.cdkmaven.problem.ProblemException;
import io.github.cdkmaven.process.Beside;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("The files for the registry's team")
class MirrorFilesTest {

    private static final RegistryName REGISTRY = RegistryName.of("registry", "reg.corp:5000/mirror");
    private static final String DIGEST = "sha256:" + "ab".repeat(32);

    @TempDir
    Path folder;

    @Test
    void listTheImagesOfOcOneDestinationALine() throws IOException {
        write(sample());

        assertThat(data("mapping.txt"))
                .containsExactly(
                        "docker.io/team/pinned@" + DIGEST + "=reg.corp:5000/mirror/team/pinned:"
                                + DIGEST.replace(':', '-'),
                        "docker.io/team/tagged@" + DIGEST + "=reg.corp:5000/mirror/team/tagged:1",
                        "registry.access.redhat.com/rhscl/mysql-57-rhel7:latest=reg.corp:5000/mirror/rhscl/mysql-57-rhel7:latest",
                        "registry.redhat.io/fuse7/fuse-java-openshift:1.0=reg.corp:5000/mirror/fuse7/fuse-java-openshift:1.0");
        assertThat(folder.resolve("mapping.txt"))
                .content()
                .contains(
                        "#   oc image mirror -f mapping.txt --filter-by-os=linux/amd64 --continue-on-error --insecure\n");
    }

    @Test
    void sayWhichSourcesWantALogin() throws IOException {
        write(sample());

        for (String file : List.of("images.txt", "mapping.txt", "skopeo-copy.sh")) {
            assertThat(folder.resolve(file))
                    .content()
                    .containsSubsequence(
                            "# From docker.io, registry.access.redhat.com, without a login\n",
                            "mysql-57-rhel7",
                            "# From registry.redhat.io, with a login\n",
                            "fuse-java-openshift");
        }
        assertThat(folder.resolve("mapping.txt")).content().contains("#   docker login registry.redhat.io\n");
    }

    @Test
    void giveSkopeoAYamlForEachFolderWithTheExactCommand() throws IOException {
        write(sample());

        assertThat(folder.resolve("skopeo-sync/reg.corp_5000+mirror+fuse7.login.yaml"))
                .hasContent("""
                # Images that CDK 3.5.0-1 needs.
                #
                # Run:
                #
                #   skopeo --override-os linux --override-arch amd64 sync --format v2s2 --keep-going\
                 --dest-tls-verify=false --src yaml --dest docker reg.corp_5000+mirror+fuse7.login.yaml reg.corp:5000/mirror/fuse7
                # wants a login: skopeo login registry.redhat.io
                "registry.redhat.io":
                  images:
                    "fuse7/fuse-java-openshift":
                      - "1.0"
                """);
    }

    @Test
    void areTheSameBytesInWhateverOrderTheImagesCome() throws IOException {
        List<NeededImage> needed = new ArrayList<>(Catalog.of("v3.11.141", Products.CDK_3_10));
        write(needed);
        List<String> first = everything();
        Collections.reverse(needed);
        write(needed);

        assertThat(everything()).isEqualTo(first);
        assertThat(data("images.txt")).hasSizeGreaterThan(150).doesNotHaveDuplicates();
    }

    @Test
    void aboutMissingImagesGoWhenTheListsAreWrittenAgain() throws IOException {
        MirrorPlan plan = MirrorPlan.of(sample(), REGISTRY, Relocation.byDefault(REGISTRY));
        MirrorFiles files = new MirrorFiles(folder, "CDK 3.5.0-1", true, "amd64");
        files.writeMissing(plan);
        assertThat(folder)
                .isDirectoryContaining("glob:**/missing.txt")
                .isDirectoryContaining("glob:**/missing.skopeo-sync");

        files.write(plan);

        assertThat(files.writeMissing(plan.only(image -> false))).isEmpty();
        assertThat(folder).isDirectoryContaining("glob:**/images.txt").isDirectoryNotContaining("glob:**/missing.*");
    }

    @Test
    void copyTheImageOfTheProcessorThatRunsIt() {
        new MirrorFiles(folder, "OpenShift 4.19", false, "arm64")
                .write(MirrorPlan.of(sample(), REGISTRY, Relocation.byDefault(REGISTRY)));

        assertThat(folder.resolve("mapping.txt")).content().contains("--filter-by-os=linux/arm64");
        assertThat(List.of("skopeo-copy.sh", "skopeo-sync.sh")).allSatisfy(script -> assertThat(folder.resolve(script))
                .content()
                .contains("--override-arch arm64")
                .doesNotContain("amd64"));
    }

    @Test
    void areWholeOrNotThereWhenOneCannotBeWritten() throws IOException {
        Files.createDirectories(folder.resolve("skopeo-copy.sh/in-the-way"));

        assertThatThrownBy(() -> write(sample()))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("could not be written to " + folder);

        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrder("images.txt", "mapping.txt", "skopeo-copy.sh");
        }
    }

    @Test
    void leaveWhatIsNotTheirsInTheFoldersAlone() throws IOException {
        MirrorFiles files = new MirrorFiles(folder, "OpenShift 4.19", false, "amd64");
        MirrorPlan plan = MirrorPlan.of(sample(), REGISTRY, Relocation.byDefault(REGISTRY));
        files.write(plan);
        files.writeMissing(plan);
        Path note = Files.createDirectories(folder.resolve("missing.skopeo-sync/ours.yaml"))
                .resolve("note.txt");
        Files.writeString(note, "keep");
        Files.createDirectories(folder.resolve("skopeo-sync/ours.yaml/in-the-way"));

        files.write(plan);

        assertThat(note).content().isEqualTo("keep");
        assertThat(folder.resolve("missing.skopeo-sync")).isDirectoryNotContaining("glob:**/reg.*");
        assertThat(folder.resolve("missing.txt")).doesNotExist();
    }

    @Test
    void mayBeForgottenByTwoModulesAtTheSameTime() throws Exception {
        MirrorFiles files = new MirrorFiles(folder, "OpenShift 4.19", false, "amd64");
        MirrorPlan plan = MirrorPlan.of(sample(), REGISTRY, Relocation.byDefault(REGISTRY));
        for (int round = 0; round < 30; round++) {
            files.writeMissing(plan);
            CyclicBarrier together = new CyclicBarrier(2);
            List<Beside<Boolean>> modules = Stream.of("one", "two")
                    .map(name -> Beside.begin(name, () -> {
                        try {
                            together.await();
                        } catch (Exception e) {
                            throw new IllegalStateException(e);
                        }
                        MirrorFiles.forgetFindings(folder);
                        return true;
                    }))
                    .toList();
            assertThat(modules).allMatch(Beside::get);
        }
    }

    private static List<NeededImage> sample() {
        return List.of(
                NeededImage.required(
                        "registry.redhat.io/fuse7/fuse-java-openshift:1.0", new Purpose.Stream("fuse", "1.0")),
                NeededImage.required(
                        "registry.access.redhat.com/rhscl/mysql-57-rhel7", new Purpose.Stream("mysql", "5.7")),
                NeededImage.required("team/pinned@" + DIGEST, new Purpose.Additional()),
                NeededImage.required("team/tagged:1@" + DIGEST, new Purpose.Additional()));
    }

    private void write(List<NeededImage> needed) {
        new MirrorFiles(folder, "CDK 3.5.0-1", true, "amd64")
                .write(MirrorPlan.of(needed, REGISTRY, Relocation.byDefault(REGISTRY)));
    }

    private List<String> data(String name) throws IOException {
        try (Stream<String> lines = Files.lines(folder.resolve(name))) {
            return lines.filter(line -> !line.isEmpty() && !line.startsWith("#"))
                    .toList();
        }
    }

    private List<String> everything() throws IOException {
        List<String> all = new ArrayList<>();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
                all.add(file + "\n" + Files.readString(file));
            }
        }
        return all;
    }
}
