package io.github.cdkmaven.ownership;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cdkmaven.ownership.VmRecord.Phase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("The record of a VM on disk")
class VmRecordFileTest {

    @TempDir
    Path folder;

    @Test
    @DisplayName("comes back as it was written, and is private")
    void roundTrip() throws IOException {
        VmRecordFile file = new VmRecordFile(folder.resolve("minishift.json"));
        VmRecord record = new VmRecord(
                Optional.of(Builds.living("example:web")),
                Instant.parse("2026-11-28T08:00:00Z"),
                Phase.STOPPING,
                true,
                true,
                Optional.of(ProcessStamp.current()),
                Instant.parse("2026-11-28T08:20:00Z"),
                Optional.of(Instant.parse("2026-11-28T08:01:00.123Z")),
                List.of(new Use(Builds.living("example:web"), Set.of("example:a", "example:b"))));

        file.write(record);

        assertThat(file.read()).contains(record);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file.path())))
                .isEqualTo("rw-------");
    }

    @Test
    @DisplayName("that cannot be read is as good as none: the VM is nobody's to stop")
    void garbage() throws Exception {
        Path path = folder.resolve("minishift.json");
        for (String text : List.of("", "{", "{}", "{\"at\": \"yesterday\"}", "[]")) {
            Files.writeString(path, text);

            assertThat(new VmRecordFile(path).read()).as(text).isEmpty();
        }
        Files.delete(path);
        assertThat(new ProcessBuilder("mkfifo", path.toString()).start().waitFor())
                .isZero();
        assertThat(new VmRecordFile(path).read()).as("a pipe").isEmpty();
    }
}
