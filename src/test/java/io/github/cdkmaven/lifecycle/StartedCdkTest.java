package io.github.cdkmaven.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Properties;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The properties that are handed to the build")
class StartedCdkTest {

    @Test
    @DisplayName("are read from their file as they are, whatever letters and characters a value has")
    void letters() throws Exception {
        String odd = "C:\\Benutzer\\Jürgen Łoś\\#1 = 報告: \uD834\uDD1E! ";
        StartedCdk started = new StartedCdk(
                "192.0.2.1",
                "https://192.0.2.1:8443",
                Optional.of(odd),
                " " + odd,
                new HandedFiles(Path.of("reports")),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                true);
        Properties read = new Properties();

        read.load(new ByteArrayInputStream(started.text().getBytes(StandardCharsets.UTF_8)));

        assertThat(read)
                .containsAllEntriesOf(started.toProperties())
                .containsEntry("cdk.consoleUrl", odd)
                .containsEntry("cdk.registry", " " + odd);
        assertThat(started.text().lines()).noneMatch(line -> line.matches("#.*\\d{4}"));
    }
}
