package io.github.cdkmaven.mirror;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.cdkmaven.image.RegistryName;
import io.github.cdkmaven.image.Relocation;
import io.github.cdkmaven.problem.ProblemException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("The images of OpenShift 4's ImageStreams")
class SampleImagesTest {

    private static final Path LISTS = Path.of("../shared/imagestreams/openshift-4");

    @TempDir
    Path folder;

    @ParameterizedTest(name = "4.{0}")
    @DisplayName("are those of the samples operator, to the last one")
    @ValueSource(ints = {10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22})
    void areThoseOfTheOperator(int minor) throws IOException {
        Path list = LISTS.resolve("samples-operator-4." + minor + "-images.txt");
        assumeTrue(Files.isRegularFile(list), "the lists of the samples operator are not here");
        Set<String> expected = images(list);

        List<NeededImage> known = SampleImages.of("4." + minor);

        assertThat(known.stream().map(image -> image.source().toString()).collect(Collectors.toSet()))
                .isEqualTo(expected);
        new MirrorFiles(folder, "OpenShift 4." + minor, false, "amd64")
                .write(MirrorPlan.of(
                        known,
                        new RegistryName("registry.corp.example", Optional.empty()),
                        Relocation.byDefault(new RegistryName("registry.corp.example", Optional.empty()))));
        assertThat(images(folder.resolve("images.txt")))
                .isEqualTo(expected.stream()
                        .map(image -> image.substring(image.lastIndexOf('/')).contains(":") ? image : image + ":latest")
                        .collect(Collectors.toSet()));
    }

    private static Set<String> images(Path list) throws IOException {
        return Files.readAllLines(list).stream()
                .filter(line -> !line.isBlank() && !line.startsWith("#"))
                .collect(Collectors.toSet());
    }

    @ParameterizedTest(name = "{0}: {1}")
    @DisplayName("are as many as the operator of that version has tags that import one")
    @CsvSource({"4.10, 336", "4.13, 202", "4.16, 262", "4.19, 261", "v4.19.7, 261", "4.22.0-rc.1, 271"})
    void areAsManyAsTags(String version, int tags) {
        assertThat(SampleImages.of(version)).hasSize(tags);
    }

    @Test
    @DisplayName("name the stream and the tag that import them")
    void nameTheirTag() {
        assertThat(SampleImages.of("4.19"))
                .contains(NeededImage.required(
                        "registry.access.redhat.com/ubi8/openjdk-8-runtime:1.17",
                        new Purpose.Stream("ubi8-openjdk-8-runtime", "1.17")));
        assertThat(SampleImages.of("4.14").toString()).doesNotContain("openjdk-8-runtime:1.17");
    }

    @ParameterizedTest(name = "{0}")
    @DisplayName("are refused for a version that is not known, with those that are")
    @ValueSource(strings = {"4.9", "4.30", "4", "5.0"})
    void refuseOthers(String version) {
        assertThat(SampleImages.isFor(version)).isTrue();
        assertThatThrownBy(() -> SampleImages.of(version)).isInstanceOfSatisfying(ProblemException.class, refusal -> {
            assertThat(refusal.problem().what()).contains("OpenShift " + version + " ", "4.10 to 4.22");
            assertThat(refusal.problem().fix()).contains("-Dcdk.openshiftVersion=");
        });
    }

    @ParameterizedTest(name = "{0}")
    @DisplayName("leave OpenShift 3 to others")
    @ValueSource(strings = {"3.11", "v3.11.141", "3.9", "what"})
    void leaveOpenShift3(String version) {
        assertThat(SampleImages.isFor(version)).isFalse();
    }
}
