package io.github.cdkmaven.mojo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.BiFunction;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("The VM's properties")
class VmValuesTest {

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"8GB", "8gb", "4096", "4096MB", "1.5 GiB", "512m"})
    void sizesAreWhatMinishiftTakes(String size) {
        assertThat(VmValues.size("memory", size)).isEqualTo(size);
    }

    @Test
    void whatMinishiftWouldRefuseIsRefusedBefore() throws Exception {
        refused(VmValues::size, "memory", "lots", "not a size");
        refused(VmValues::cpus, "cpus", "0", "it is not a number of CPUs");
        refused(VmValues::driver, "vmDriver", "xen", "minishift has no such driver");
        refused(VmValues::openshift, "openshiftVersion", "latest", "not a version");
        refused(VmValues::openshift, "openshiftVersion", "3.11", "it is not a complete version");
        refused(VmValues::openshift, "openshiftVersion", "v3.9-1", "it is not a complete version");
        refused(VmValues::timezone, "timezone", "Middle/Earth", "there is no such time zone");
        refused(VmValues::key, "remoteSshKey", folder.resolve("id").toString(), "there is no such file");
        refused(VmValues::iso, "isoUrl", "my.iso", "not the address of an ISO");
        refused(VmValues::iso, "isoUrl", folder.resolve("cdk.iso").toUri().toString(), "there is no such file");
        Path iso = Files.createFile(folder.resolve("there.iso"));
        String address = "file://" + iso;
        assertThat(VmValues.iso("isoUrl", address)).isEqualTo(address);
        assertThat(VmValues.iso("isoUrl", "centos")).isEqualTo("centos");
    }

    @Test
    void aPasswordInTheAddressOfTheIsoIsRefusedAndNotRepeated() {
        assertThatThrownBy(() -> VmValues.iso("isoUrl", "https://jane:hunter2@files.corp.example/cdk.iso"))
                .hasMessageStartingWith(
                        "Parameter 'isoUrl' is '***@files.corp.example/cdk.iso': must not contain a user name or password")
                .message()
                .doesNotContain("hunter2");
    }

    private static void refused(BiFunction<String, String, String> rule, String parameter, String value, String why) {
        assertThatThrownBy(() -> rule.apply(parameter, value))
                .hasMessageStartingWith("Parameter '" + parameter + "' is '" + value + "': " + why);
    }
}
