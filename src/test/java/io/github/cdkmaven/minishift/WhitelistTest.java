package io.github.cdkmaven.minishift;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.cdkmaven.openshift.AllowedRegistry;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("The whitelist of registries for import")
class WhitelistTest {

    /** The form in which OpenShift 3.9 prints it. */
    private static final String MASTER_CONFIG = """
            apiVersion: v1
            imageConfig:
              format: -${component}:${version}
            imagePolicyConfig:
              allowedRegistriesForImport:
              - domainName: docker.io
              - domainName: '*.docker.io'
              - domainName: "registry.corp:5000"
                insecure: true
              - domainName: quay.io
                insecure: false
              disableScheduledImport: false
              maxImagesBulkImportedPerRepository: 5
            jenkinsPipelineConfig:
              autoProvisionEnabled: true
            kind: MasterConfig
            """;

    private static final List<AllowedRegistry> ENTRIES = List.of(
            new AllowedRegistry("docker.io", false),
            new AllowedRegistry("*.docker.io", false),
            new AllowedRegistry("registry.corp:5000", true),
            new AllowedRegistry("quay.io", false));

    @Test
    @DisplayName("is found in the master's configuration, with and without quotes")
    void isFound() {
        assertThat(Whitelist.find(MASTER_CONFIG)).contains(new Whitelist(ENTRIES));
    }

    @Test
    @DisplayName("is found between carriage returns, as a terminal of Windows gives them")
    void isFoundBetweenCarriageReturns() {
        assertThat(Whitelist.find(MASTER_CONFIG.replace("\n", "\r\n"))).contains(new Whitelist(ENTRIES));
    }

    @Test
    @DisplayName("is found with indented entries, with insecure first, and at the end of the text")
    void isFoundInOtherForms() {
        String yaml = "imagePolicyConfig:\n"
                + "  maxImagesBulkImportedPerRepository: 5\n"
                + "  allowedRegistriesForImport:\n"
                + "    - insecure: true\n"
                + "      domainName: a.corp\n"
                + "    - domainName: b.corp";

        assertThat(Whitelist.find(yaml))
                .contains(new Whitelist(
                        List.of(new AllowedRegistry("a.corp", true), new AllowedRegistry("b.corp", false))));
    }

    @ParameterizedTest(name = "\"{0}\"")
    @DisplayName("is absent where every registry is let in")
    @ValueSource(
            strings = {
                "",
                "kind: MasterConfig\n",
                "imagePolicyConfig: null\nkind: MasterConfig\n",
                "imagePolicyConfig: {}\n",
                "imagePolicyConfig:\n  allowedRegistriesForImport: null\n  disableScheduledImport: false\n",
                "imagePolicyConfig:\n  disableScheduledImport: false\n  maxImagesBulkImportedPerRepository: 5\n",
                // another section's list of that name
                "imageConfig:\n  allowedRegistriesForImport:\n  - domainName: docker.io\nimagePolicyConfig:\n  a: 1\n",
            })
    void isAbsent(String yaml) {
        assertThat(Whitelist.find(yaml)).isEmpty();
    }

    @ParameterizedTest(name = "{0} lets in {2}, insecure {3}: {4}")
    @DisplayName("lets registries in by the rules of origin's whitelister")
    @CsvSource({
        // entry, insecure entry, registry, insecure import, let in
        "registry.corp:5000, false, registry.corp:5000, false, true",
        "registry.corp:5000, false, registry.corp:5001, false, false",
        "registry.corp:5000, false, registry.corp, false, false",
        "registry.corp, false, registry.corp, false, true",
        "registry.corp, false, registry.corp:443, false, true",
        "registry.corp, false, registry.corp:5000, false, false",
        "registry.corp, true, registry.corp, false, false", // port 80 is offered, 443 is wanted
        "registry.corp, true, registry.corp, true, true",
        "registry.corp, true, registry.corp:80, true, true",
        "registry.corp, false, registry.corp, true, true", // an insecure import takes 443 as well
        "registry.corp:*, false, registry.corp:5000, false, true",
        "registry.corp:*, false, registry.corp, true, true",
        "*.corp, false, registry.corp, false, true",
        "*.corp, false, a.registry.corp, false, true",
        "*.corp, false, corp, false, false",
        "*.corp, false, registry.corp.evil, false, false",
        "registry?.corp, false, registry1.corp, false, true",
        "registry?.corp, false, registry.corp, false, false",
        "registry.corp, false, registryXcorp, false, false",
        "docker.io, false, docker.io, false, true",
        "docker.io, false, registry-1.docker.io, false, false",
    })
    void admits(String entry, boolean insecureEntry, String registry, boolean insecure, boolean admitted) {
        Whitelist whitelist = new Whitelist(
                List.of(new AllowedRegistry("quay.io", false), new AllowedRegistry(entry, insecureEntry)));

        assertThat(whitelist.admits(registry, insecure)).isEqualTo(admitted);
    }

    @Test
    @DisplayName("lets nothing in when it is empty")
    void letsNothingInWhenEmpty() {
        assertThat(new Whitelist(List.of()).admits("registry.corp", true)).isFalse();
    }

    @ParameterizedTest(name = "{0}, insecure {1}")
    @DisplayName("lets in what was added to it")
    @CsvSource({"registry.corp:5000, true", "registry.corp:5000, false", "registry.corp, true", "registry.corp, false"})
    void letsInWhatWasAdded(String registry, boolean insecure) {
        Whitelist whitelist = new Whitelist(ENTRIES).with(registry, insecure);

        assertThat(whitelist.entries())
                .startsWith(ENTRIES.toArray(AllowedRegistry[]::new))
                .hasSize(5);
        assertThat(whitelist.admits(registry, insecure)).isTrue();
    }

    @Test
    @DisplayName("is written as a patch that holds the whole list, since the master replaces it")
    void isWrittenAsAPatch() throws IOException {
        assertThat(new ObjectMapper().readTree(new Whitelist(ENTRIES).toPatch()))
                .isEqualTo(new ObjectMapper().readTree("""
                        {"imagePolicyConfig": {"allowedRegistriesForImport": [
                          {"domainName": "docker.io"},
                          {"domainName": "*.docker.io"},
                          {"domainName": "registry.corp:5000", "insecure": true},
                          {"domainName": "quay.io"}]}}"""));
    }
}
