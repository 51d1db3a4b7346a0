package io.github.cdkmaven.crc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.cdkmaven.crc.CrcStartSettings.Size;
import io.github.cdkmaven.engine.Difference;
import io.github.cdkmaven.problem.ProblemException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("A bundle of crc")
class BundleTest {

    @ParameterizedTest
    @DisplayName("is told by its name")
    @CsvSource({
        "crc_libvirt_4.19.3_amd64.crcbundle, OPENSHIFT, libvirt, 4.19.3, amd64, false",
        "crc_okd_libvirt_4.19.0-okd-scos.1_amd64.crcbundle, OKD, libvirt, 4.19.0, amd64, false",
        "crc_okd_vfkit_4.15.0-0.okd-2024-02-23-163410_arm64.crcbundle, OKD, vfkit, 4.15.0, arm64, false",
        "crc_microshift_hyperv_4.19.0_amd64.crcbundle, MICROSHIFT, hyperv, 4.19.0, amd64, false",
        "crc_libvirt_4.19.3_amd64_1732795800.crcbundle, OPENSHIFT, libvirt, 4.19.3, amd64, true",
        "crc_libvirt_4.19.3_amd64, OPENSHIFT, libvirt, 4.19.3, amd64, false",
    })
    void names(String name, Preset preset, String driver, String version, String architecture, boolean custom) {
        Bundle bundle = Bundle.parse(name).orElseThrow();

        assertThat(bundle.preset()).isEqualTo(preset);
        assertThat(bundle.driver()).isEqualTo(driver);
        assertThat(bundle.version()).hasToString(version);
        assertThat(bundle.architecture()).isEqualTo(architecture);
        assertThat(bundle.custom()).isEqualTo(custom);
        assertThat(bundle.folder() + ".crcbundle").isEqualTo(bundle.file());
    }

    @ParameterizedTest
    @DisplayName("of another name is none")
    @ValueSource(strings = {"mybundle.crcbundle", "crc_libvirt_4.19_amd64.crcbundle", "crc_kvm_4.19.3_amd64.crcbundle"})
    void noNames(String name) {
        assertThat(Bundle.parse(name)).isEmpty();
    }

    @Test
    @DisplayName("comes from a file or an address without a login")
    void sources() {
        assertThat(BundleSource.of("/srv/crc/x.crcbundle", Optional.empty()).name())
                .isEqualTo("x.crcbundle");
        BundleSource url = BundleSource.of(
                "https://nexus.corp.example:8443/crc/x.crcbundle?raw=1", Optional.of(" " + "AB".repeat(32)));
        assertThat(url.name()).isEqualTo("x.crcbundle");
        assertThat(url.host()).contains("nexus.corp.example:8443");
        assertThat(url.sha256()).contains("ab".repeat(32));

        assertThat(refusal("https://ci:hunter2@nexus.corp.example/x.crcbundle"))
                .contains("<server>")
                .doesNotContain("hunter2");
        assertThat(refusal("docker://registry.corp.example/openshift-bundle:4.19.3"))
                .contains("it is an image");
        assertThat(catchThrowableOfType(ProblemException.class, () -> BundleSource.of("x", Optional.of("sha256:abc")))
                        .problem()
                        .what())
                .contains("bundleSha256");
    }

    private static String refusal(String bundle) {
        return String.join(
                "\n",
                catchThrowableOfType(ProblemException.class, () -> BundleSource.of(bundle, Optional.empty()))
                        .problem()
                        .toLines());
    }

    @Test
    @DisplayName("other than the VM's needs a new VM; another size does not")
    void differences() throws Exception {
        JsonNode driver = new ObjectMapper().readTree("""
                {"BundleName": "crc_libvirt_4.18.2_amd64", "CPU": 4, "Memory": 10752, "DiskCapacity": 33285996544}
                """);
        Size larger = new Size(Optional.of(6), Optional.of(16384), Optional.of(50));
        Size none = new Size(Optional.empty(), Optional.empty(), Optional.empty());
        Optional<Bundle> same = Bundle.parse("crc_libvirt_4.18.2_amd64.crcbundle");

        assertThat(VmDifferences.of(driver, Bundle.parse("crc_okd_libvirt_4.19.0_amd64.crcbundle"), none, false))
                .allMatch(Difference::insists)
                .extracting(Difference::option)
                .containsExactly("bundle", "preset");
        assertThat(VmDifferences.of(driver, same, larger, false))
                .as("the next start brings them")
                .isEmpty();
        assertThat(VmDifferences.of(driver, same, larger, true))
                .noneMatch(Difference::insists)
                .extracting(Difference::option)
                .containsExactly("cpus", "memory", "disk-size");
        assertThat(VmDifferences.of(driver, same, new Size(Optional.empty(), Optional.empty(), Optional.of(20)), false))
                .extracting(Difference::actual)
                .isEqualTo(List.of("31 GiB, but a disk never shrinks"));
    }

    @ParameterizedTest
    @DisplayName("belongs to a crc, of which those before 2.20 are refused and those after 2.62 are driven like it")
    @CsvSource({"2.20.0, false", "2.46.0, false", "2.62.3, false", "2.63.0, true"})
    void generations(String version, boolean unknown) throws Exception {
        CrcVersion product = CrcVersion.of(new ObjectMapper().createObjectNode().put("version", version));

        assertThat(Generation.of(product).since().compareTo(product.crc())).isNotPositive();
        assertThat(Generation.isUnknown(product)).isEqualTo(unknown);

        CrcVersion old = CrcVersion.of(new ObjectMapper().createObjectNode().put("version", "2.19.0"));
        assertThat(catchThrowableOfType(ProblemException.class, () -> Generation.of(old))
                        .problem()
                        .toLines())
                .asString()
                .contains("too old", "2.20.0", "<crc>");
    }
}
