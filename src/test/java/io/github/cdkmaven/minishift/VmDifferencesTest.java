package io.github.cdkmaven.minishift;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.cdkmaven.engine.Difference;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The drift between a POM and an existing VM")
class VmDifferencesTest {

    /** As docker-machine writes it; 172.30.0.0/16 is minishift's own addition. */
    private static final JsonNode MACHINE = json("""
            {"DriverName": "kvm",
             "Driver": {"CPU": 2, "Memory": 4096, "DiskSize": 20000, "IPAddress": "192.168.42.7", "SSHUser": "docker"},
             "HostOptions": {"EngineOptions": {
               "ArbitraryFlags": ["add-registry=registry.corp.example:5000", "block-registry=docker.io"],
               "InsecureRegistry": ["registry.corp.example:5000", "172.30.0.0/16"],
               "RegistryMirror": null}}}
            """);

    private static final List<String> SAME = List.of(
            "start",
            "--insecure-registry",
            "registry.corp.example:5000",
            "--docker-opt",
            "block-registry=docker.io",
            "--docker-opt",
            "add-registry=registry.corp.example:5000");

    @Test
    @DisplayName("is nothing where the VM has what is asked for, in any order, and what is left to minishift")
    void none() {
        assertThat(VmDifferences.of(plan(SAME), MACHINE)).isEmpty();
    }

    @Test
    @DisplayName("is nothing where sizes are the same in other units")
    void units() {
        assertThat(VmDifferences.of(
                        with("--memory", "4GB", "--disk-size=20g", "--cpus", "2", "--vm-driver", "kvm"), MACHINE))
                .isEmpty();
        assertThat(VmDifferences.of(with("--memory", "4096", "--disk-size", "20000MB"), MACHINE))
                .isEmpty();
    }

    @Test
    @DisplayName("names each value that only one side has")
    void lists() {
        List<String> other = List.of(
                "start",
                "--insecure-registry",
                "registry.corp.example:5000",
                "--docker-opt",
                "add-registry=other.corp.example",
                "--docker-opt",
                "block-registry=docker.io");

        assertThat(VmDifferences.of(plan(other), MACHINE))
                .containsExactly(
                        new Difference("docker-opt", "add-registry=other.corp.example", "–", true),
                        new Difference("docker-opt", "–", "add-registry=registry.corp.example:5000", true));
    }

    @Test
    @DisplayName("names driver, CPUs, memory and disk as both sides have them")
    void sizes() {
        assertThat(VmDifferences.of(
                        with("--memory", "8GB", "--cpus", "4", "--disk-size", "40GB", "--vm-driver", "virtualbox"),
                        MACHINE))
                .containsExactly(
                        new Difference("vm-driver", "virtualbox", "kvm", true),
                        new Difference("cpus", "4", "2", true),
                        new Difference("memory", "8GB", "4096MB", true),
                        new Difference("disk-size", "40GB", "20000MB", true));
    }

    @Test
    @DisplayName("goes by the argument that comes last, as minishift does")
    void lastWins() {
        assertThat(VmDifferences.of(with("--cpus", "8", "--cpus", "2"), MACHINE))
                .isEmpty();
    }

    @Test
    @DisplayName(
            "is insisted on where the POM itself blocks other registries, or sets an option of docker that the VM has not")
    void insists() {
        List<String> chosen = List.of(
                "start",
                "--insecure-registry=registry.corp.example:5000",
                "--docker-opt=add-registry=registry.corp.example:5000",
                "--docker-opt=block-registry=quay.io",
                "--docker-opt=log-driver=journald");

        assertThat(VmDifferences.of(plan(chosen), MACHINE))
                .containsExactly(
                        new Difference("docker-opt", "–", "block-registry=docker.io", true),
                        new Difference("docker-opt", "block-registry=quay.io", "–", true),
                        new Difference("docker-opt", "log-driver=journald", "–", true));
    }

    @Test
    @DisplayName(
            "is not insisted on where nobody chose what is blocked, nor for options of docker that only the VM has")
    void doesNotInsistOnDefaults() {
        JsonNode byHand = json("""
                {"HostOptions": {"EngineOptions": {
                   "ArbitraryFlags": ["add-registry=registry.corp.example:5000", "block-registry=all", "log-level=debug"],
                   "InsecureRegistry": ["registry.corp.example:5000"]}}}
                """);

        assertThat(VmDifferences.of(new StartPlan(SAME, Map.of(), true), byHand))
                .containsExactly(
                        new Difference("docker-opt", "–", "block-registry=all", false),
                        new Difference("docker-opt", "block-registry=docker.io", "–", false),
                        new Difference("docker-opt", "–", "log-level=debug", false));
    }

    @Test
    @DisplayName(
            "is told of docker's variables and proxies, which show no secrets, and only the variables are insisted on")
    void environment() {
        JsonNode vm = json("""
                {"HostOptions": {"EngineOptions": {"Env": ["HTTP_PROXY=http://build:old@proxy:3128", "A=1", "OWN=x"]}}}
                """);
        StartPlan plan = new StartPlan(
                List.of("start", "--docker-env", "A=s3cr3t", "--docker-env=B=2"),
                Map.of("http_proxy", "http://build:n%40w@proxy:3128", "https_proxy", "http://build:n%40w@proxy:3129"),
                true);

        assertThat(VmDifferences.of(plan, vm))
                .containsExactly(
                        new Difference("docker-env", "A=…", "another value of A", true),
                        new Difference("docker-env", "B=…", "–", true),
                        new Difference(
                                "http-proxy of docker", "http://proxy:3128", "the same with another login", false),
                        new Difference("https-proxy of docker", "http://proxy:3129", "–", false));
    }

    private static StartPlan with(String... more) {
        return plan(Stream.concat(SAME.stream(), Arrays.stream(more)).toList());
    }

    /** With registries to block that the POM itself names. */
    private static StartPlan plan(List<String> arguments) {
        return new StartPlan(arguments, Map.of(), false);
    }

    private static JsonNode json(String text) {
        try {
            return new ObjectMapper().readTree(text);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e);
        }
    }
}
