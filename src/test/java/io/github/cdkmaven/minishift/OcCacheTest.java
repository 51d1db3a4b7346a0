package io.github.cdkmaven.minishift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.cdkmaven.problem.Problem;
import io.github.cdkmaven.problem.ProblemException;
import io.github.cdkmaven.process.CommandRunner;
import io.github.cdkmaven.process.Secrets;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("minishift's cache of oc")
class OcCacheTest {

    private static final String OPENSHIFT = "v3.11.141";

    @TempDir
    Path home;

    private MachineFiles files() {
        return new MachineFiles(home, "minishift");
    }

    private OcCache cache(Optional<Path> given) {
        return new OcCache(new CommandRunner(Secrets.NONE), files(), given);
    }

    /** Prints what oc of OpenShift 3 prints, a server's version included if it finds a kubeconfig. */
    private Optional<Path> oc(String version) throws IOException {
        Path oc = Files.writeString(home.resolve("given-oc"), """
                #!/bin/sh
                echo 'oc %s'
                echo 'kubernetes v1.11.0+d4cacc0'
                [ ! -e "$KUBECONFIG" ] || echo 'asked a server' >> "$0.asked"
                """.formatted(version));
        assertThat(oc.toFile().setExecutable(true)).isTrue();
        return Optional.of(oc);
    }

    private static Problem problem(Runnable work) {
        return catchThrowableOfType(ProblemException.class, work::run).problem();
    }

    @Test
    @DisplayName("is filled from an oc of the right version, whatever build it is, once")
    void isFilled() throws IOException {
        OcCache cache = cache(oc("v3.11.141+0cbc58b"));

        assertThat(cache.source(OPENSHIFT)).contains("given-oc", "puts it into minishift's cache");
        assertThat(home.resolve("cache")).as("a look changes nothing").doesNotExist();
        cache.fill(OPENSHIFT);
        cache.fill(OPENSHIFT);

        assertThat(files().cachedOc(OPENSHIFT)).isExecutable().hasSameBinaryContentAs(home.resolve("given-oc"));
        assertThat(files().cachedOc(OPENSHIFT).getParent()).isDirectoryNotContaining(file -> !file.endsWith("oc"));
        assertThat(files().cachedOpenShifts()).containsExactly(OPENSHIFT);
        assertThat(cache(Optional.empty()).source(OPENSHIFT)).isEqualTo("in minishift's cache");
        assertThat(home.resolve("given-oc.asked")).doesNotExist();
    }

    @Test
    @DisplayName("is not filled from an oc of another version, and says which it is")
    void otherVersion() throws IOException {
        OcCache cache = cache(oc("v3.9.31"));

        Problem problem = problem(() -> cache.fill(OPENSHIFT));

        assertThat(problem.what()).contains("no oc of OpenShift v3.11.141");
        assertThat(problem.evidence())
                .singleElement()
                .asString()
                .contains("given-oc")
                .contains("oc v3.9.31");
        assertThat(problem.fix())
                .contains("<oc>")
                .contains(files().cachedOc(OPENSHIFT).toString());
        assertThat(home.resolve("cache")).doesNotExist();
    }

    @Test
    @DisplayName("holds an oc only where its file is, and names the versions that it holds")
    void emptyFolder() throws IOException {
        Files.createDirectories(files().cachedOc(OPENSHIFT).getParent());
        Files.createDirectories(files().cachedOc("v3.9.31").getParent());
        Files.writeString(files().cachedOc("v3.9.31"), "");

        Problem problem = problem(() -> cache(Optional.empty()).source(OPENSHIFT));

        assertThat(problem.what()).contains("(only of v3.9.31)").contains("Internet");
        assertThat(problem.fix()).contains("<openshiftVersion>v3.9.31</openshiftVersion>");
    }
}
