package io.github.cdkmaven.crc;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.cdkmaven.crc.CrcStartSettings.Size;
import io.github.cdkmaven.registry.Registries;
import io.github.cdkmaven.registry.Registry;
import io.github.cdkmaven.report.Check;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("Preflight of OpenShift Local")
class HostCheckTest {

    private static final Size NONE = new Size(Optional.empty(), Optional.empty(), Optional.empty());
    private static final String DEFAULT = "crc_libvirt_4.19.3_amd64";

    @TempDir
    Path account;

    private CrcInstallation tools() {
        return new CrcInstallation(Optional.empty(), Optional.empty(), account, List.of(), Map.of());
    }

    private static CrcStartSettings settings(Optional<String> bundle, Size size) {
        return CrcStartSettings.of(Registries.of(Registry.to("registry.corp.example:5000")), List.of())
                .with(bundle.map(path -> BundleSource.of(path, Optional.empty())), size);
    }

    private static CrcVersion crc(String version) {
        return CrcVersion.of(
                new ObjectMapper().createObjectNode().put("version", version).put("openshiftVersion", "4.19.3"));
    }

    private List<String> host(
            String version, CrcStartSettings settings, Set<Integer> taken, long usable, boolean runs) {
        return lines(new HostCheck(
                        tools(),
                        settings,
                        Generation.of(crc(version)),
                        new HostCheck.Room(folder -> usable, taken::contains, true),
                        runs)
                .get());
    }

    private List<String> bundle(CrcStartSettings settings) {
        CrcVersion crc = crc("2.53.0");
        return lines(new BundleCheck(
                        new VmBundle(tools(), settings, crc),
                        settings,
                        tools(),
                        crc,
                        Instant.parse("2026-11-28T00:00:00Z"))
                .get());
    }

    private static List<String> lines(List<Check> checks) {
        return checks.stream()
                .map(check -> check.outcome() + " " + check.id() + " " + check.message() + " "
                        + check.fix().orElse(""))
                .toList();
    }

    @Test
    @DisplayName("looks at the ports that the network mode needs, unless the VM itself has them")
    void ports() throws IOException {
        CrcStartSettings settings = settings(Optional.empty(), NONE);

        assertThat(host("2.53.0", settings, Set.of(443, 6443), 0, false))
                .anyMatch(line -> line.startsWith("FAIL host.ports") && line.contains("[6443, 443]"));
        assertThat(host("2.53.0", settings, Set.of(443), 0, true)).noneMatch(line -> line.startsWith("FAIL"));
        assertThat(host("2.46.0", settings, Set.of(443), 0, false))
                .as("network mode system")
                .noneMatch(line -> line.startsWith("FAIL"));
        Files.createDirectories(account.resolve(".crc"));
        Files.writeString(
                account.resolve(".crc/crc.json"), "{\"ingress-https-port\": 8443, \"network-mode\": \"user\"}");
        assertThat(host("2.46.0", settings, Set.of(443), 0, false)).noneMatch(line -> line.startsWith("FAIL"));
        assertThat(host("2.46.0", settings, Set.of(8443), 0, false)).anyMatch(line -> line.contains("[8443]"));
    }

    @Test
    @DisplayName("says what crc's VM cannot be made with, all at once")
    void size() {
        Size small = new Size(Optional.of(2), Optional.of(8192), Optional.of(20));

        assertThat(host("2.53.0", settings(Optional.empty(), small), Set.of(), 0, false))
                .filteredOn(line -> line.startsWith("FAIL vm.size"))
                .hasSize(3)
                .anyMatch(line -> line.contains("at least 10752 MiB") && line.contains("-Dcdk.memory"));
        Size enough = new Size(Optional.of(4), Optional.of(9216), Optional.of(31));
        assertThat(host("2.25.0", settings(Optional.empty(), enough), Set.of(), 0, false))
                .noneMatch(line -> line.startsWith("FAIL"));
    }

    @Test
    @DisplayName("wants room for the unpacked bundle")
    void disk() throws IOException {
        Path bundle = Files.write(account.resolve(DEFAULT + ".crcbundle"), new byte[1000]);
        CrcStartSettings settings = settings(Optional.of(bundle.toString()), NONE);

        assertThat(host("2.53.0", settings, Set.of(), 3999, false)).anyMatch(line -> line.startsWith("FAIL host.disk"));
        assertThat(host("2.53.0", settings, Set.of(), 4001, false)).anyMatch(line -> line.startsWith("WARN host.disk"));
    }

    @Test
    @EnabledOnOs(value = OS.LINUX, architectures = "amd64")
    @DisplayName("judges the bundle by its name, its place and its age")
    void bundles() throws IOException {
        Path cache = Files.createDirectories(account.resolve(".crc/cache"));
        assertThat(bundle(settings(Optional.empty(), NONE)))
                .anyMatch(line -> line.startsWith("FAIL bundle.file") && line.contains("crc setup -b"));
        assertThat(bundle(settings(Optional.of("/srv/mybundle.crcbundle"), NONE)))
                .anyMatch(line -> line.startsWith("FAIL bundle.name"));
        assertThat(bundle(settings(Optional.of("/srv/crc_okd_hyperv_4.19.0_arm64.crcbundle"), NONE)))
                .anyMatch(line -> line.startsWith("FAIL bundle.platform"))
                .anyMatch(line -> line.startsWith("FAIL bundle.preset"))
                .anyMatch(line -> line.startsWith("FAIL bundle.file") && line.contains("no such file"));
        assertThat(bundle(settings(Optional.of("/srv/crc_libvirt_4.18.2_amd64.crcbundle"), NONE)))
                .anyMatch(line -> line.startsWith("WARN bundle.version") && line.contains("4.19.3"));
        Path atDefault = Files.createFile(cache.resolve(DEFAULT + ".crcbundle"));
        assertThat(bundle(settings(Optional.of(atDefault.toString()), NONE)))
                .anyMatch(line -> line.startsWith("FAIL bundle.file") && line.contains("crc#4011"));

        Path unpacked = Files.createDirectories(cache.resolve(DEFAULT));
        Files.writeString(
                unpacked.resolve("crc-bundle-info.json"),
                "{\"buildInfo\": {\"buildTime\": \"2026-09-01T12:00:00+00:00\"}}");
        assertThat(bundle(settings(Optional.empty(), NONE)))
                .noneMatch(line -> line.startsWith("FAIL"))
                .anyMatch(line ->
                        line.startsWith("WARN bundle.age") && line.contains("87 days") && line.contains("crc#4981"));
    }

    @Test
    @DisplayName("tells the login and the pull secret apart")
    void pullSecret() throws IOException {
        Path bad = Files.writeString(account.resolve("secret.json"), "{}");
        CrcStartSettings settings = settings(Optional.empty(), NONE);

        assertThat(host("2.53.0", settings, Set.of(), 0, false))
                .anyMatch(line -> line.startsWith("OK crc.pullSecret") && line.contains("without a login"));
        assertThat(host(
                        "2.53.0",
                        settings.with(Optional.of(bad), Optional.empty(), settings.configure()),
                        Set.of(),
                        0,
                        false))
                .anyMatch(line -> line.startsWith("FAIL crc.pullSecret"));
    }
}
