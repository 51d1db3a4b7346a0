package io.github.cdkmaven.mojo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.github.cdkmaven.world.Log;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import org.apache.maven.api.plugin.testing.InjectMojo;
import org.apache.maven.api.plugin.testing.MojoTest;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@MojoTest
@DisplayName("A login in a parameter")
class LoginsInParametersTest {

    private static final String LOGIN = "jane:hun@ter2@host.corp.example:5000";

    @TempDir
    Path folder;

    @Test
    @InjectMojo(goal = "start")
    @DisplayName("is refused wherever it stands, before anything is done, and appears nowhere")
    void isRefused(StartMojo mojo) throws IOException {
        Wiring.bound(mojo, "start", folder);
        mojo.registry = "registry.corp.example:5000";
        assertRefused(mojo, "registry", (goal, value) -> goal.registry = value, LOGIN);
        mojo.registry = "registry.corp.example:5000";
        assertRefused(mojo, "httpsProxy", (goal, value) -> goal.httpsProxy = value, "http://" + LOGIN);
        assertRefused(mojo, "isoUrl", (goal, value) -> goal.isoUrl = value, "https://" + LOGIN + "/cdk.iso");
        assertRefused(mojo, "publicHostname", (goal, value) -> goal.publicHostname = value, LOGIN);
        assertRefused(mojo, "noProxy", (goal, value) -> goal.noProxy = listOf(value), LOGIN);
        assertRefused(mojo, "mappings", (goal, value) -> goal.mappings = listOf(value), "quay.io=" + LOGIN);
        assertRefused(mojo, "blockedRegistries", (goal, value) -> goal.blockedRegistries = listOf(value), LOGIN);
        assertRefused(mojo, "allowedImages", (goal, value) -> goal.allowedImages = listOf(value), LOGIN + "/*");
        assertRefused(
                mojo, "additionalImages", (goal, value) -> goal.additionalImages = listOf(value), LOGIN + "/app:1");
        assertRefused(
                mojo,
                "startArguments",
                (goal, value) -> goal.startArguments = value == null ? null : List.of("--docker-env", value),
                "HTTP_PROXY=http://" + LOGIN);
    }

    private static List<String> listOf(String value) {
        return value == null ? null : List.of("fine.corp.example", value);
    }

    private void assertRefused(StartMojo mojo, String parameter, BiConsumer<StartMojo, String> field, String value)
            throws IOException {
        field.accept(mojo, value);
        Throwable[] failure = new Throwable[1];
        String log = Log.of(() -> failure[0] = catchThrowable(mojo::execute));
        field.accept(mojo, parameter.equals("blockedRegistries") ? "" : null);

        assertThat(failure[0])
                .hasMessageContaining("Parameter '" + parameter + "' is '***@host.corp.example:5000")
                .hasMessageContaining("settings.xml");
        assertThat(log + failure[0].getMessage()).doesNotContain("hun", "ter2", "jane");
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                assertThat(file).content().doesNotContain("hun@", "ter2");
            }
        }
    }
}
