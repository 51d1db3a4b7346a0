package io.github.cdkmaven.minishift.checks;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cdkmaven.minishift.MachineFiles;
import io.github.cdkmaven.minishift.StartOption;
import io.github.cdkmaven.minishift.StartSettings;
import io.github.cdkmaven.registry.Registries;
import io.github.cdkmaven.registry.Registry;
import io.github.cdkmaven.report.Check;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("The look at this machine")
class HostCheckTest {

    private static final long GB = 1L << 30;

    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource({"100, ok", "12, warn", "3, fail"})
    void comparesTheDiskWithWhatTheVmMayTake(long free, String outcome) {
        Check disk = check(host(16, free), Map.of(), "host.disk");

        assertThat(disk.outcome().word()).isEqualTo(outcome);
        assertThat(disk.message()).isEqualTo(free + ".0 GB are free, but the VM's disk may grow to 20.0 GB");
        assertThat(disk.subject()).isEqualTo(folder.toString());
    }

    @Test
    void comparesTheMemory() {
        Map<StartOption, List<String>> eight = Map.of(StartOption.MEMORY, List.of("8GB"));

        assertThat(check(host(16, 100), eight, "host.memory").outcome().word()).isEqualTo("ok");
        assertThat(check(host(6, 100), eight, "host.memory").message())
                .isEqualTo("the VM takes 8.0 GB of 6.0 GB, so this machine will swap");
    }

    @Test
    void looksForTheHypervisor() throws IOException {
        assertThat(check(host(16, 100), Map.of(), "host.driver").message())
                .startsWith("the hypervisor seems not to be ready: there is no " + folder.resolve("kvm"))
                .endsWith("and no docker-machine-driver-kvm on the PATH");

        Files.createFile(folder.resolve("kvm"));
        Files.createFile(folder.resolve("docker-machine-driver-kvm")).toFile().setExecutable(true);

        assertThat(check(host(16, 100), Map.of(), "host.driver").outcome().word())
                .isEqualTo("ok");
    }

    @Test
    void asksTheGenericDriverForItsMachine() {
        Check driver = check(
                host(1, 1),
                Map.of(StartOption.VM_DRIVER, List.of("generic"), StartOption.REMOTE_IP_ADDRESS, List.of("127.0.0.1")),
                "host.driver");

        assertThat(driver.outcome().word()).isEqualTo("fail");
        assertThat(driver.message())
                .isEqualTo("the driver 'generic' needs a machine: remoteSshUser, remoteSshKey are missing");
    }

    @Test
    void leavesAMachineAloneThatIsThere() throws IOException {
        Path machine = folder.resolve("machines/minishift");
        Files.createDirectories(machine);
        Files.writeString(machine.resolve("config.json"), "{}");

        assertThat(checks(host(1, 1), Map.of()))
                .singleElement()
                .extracting(Check::id)
                .isEqualTo("host.vm");
    }

    private Host host(long memory, long free) {
        return new Host(
                Host.OperatingSystem.LINUX,
                memory * GB,
                path -> free * GB,
                List.of(folder),
                folder.resolve("kvm"),
                folder);
    }

    private Check check(Host host, Map<StartOption, List<String>> options, String id) {
        return checks(host, options).stream()
                .filter(check -> check.id().equals(id))
                .findFirst()
                .orElseThrow();
    }

    private List<Check> checks(Host host, Map<StartOption, List<String>> options) {
        StartSettings settings =
                StartSettings.of(Registries.of(Registry.to("reg.corp:5000"))).with(options);
        return new HostCheck(settings, new MachineFiles(folder, MachineFiles.DEFAULT_PROFILE), host).get();
    }
}
