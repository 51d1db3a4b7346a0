package io.github.cdkmaven.verify;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cdkmaven.image.RegistryName;
import io.github.cdkmaven.minishift.StartSettings;
import io.github.cdkmaven.report.Check;
import io.github.cdkmaven.report.CheckOutcome;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The options of the VM's docker")
class DaemonOptionsTest {

    private static final String REGISTRY = "registry.corp.example:5000";
    private static final String RECREATE = "'mvn cdk:delete -Dcdk.home=/vms -Dcdk.profile=ci', then start again";
    private static final String UNIT = "[Service]\nExecStart=\nExecStart=/usr/bin/dockerd-current -H tcp://0.0.0.0:2376"
            + "            --add-registry registry.access.redhat.com            --storage-driver overlay2"
            + " --label provider=kvm --insecure-registry " + REGISTRY
            + " --insecure-registry 172.30.0.0/16 --add-registry="
            + REGISTRY + " --block-registry=registry.access.redhat.com --block-registry=docker.io \nEnvironment=\n";

    private static DaemonOptions asked(boolean insecure, String... blocked) {
        return DaemonOptions.asked(new StartSettings(
                RegistryName.of("registry", REGISTRY), insecure, List.of(blocked), Map.of(), List.of(), true));
    }

    private static VmContents vm(String unit, boolean searches) {
        return new VmContents(
                List.of(), new ImageStore(List.of()), Optional.of(DaemonOptions.parse(unit)), searches, "");
    }

    @Test
    @DisplayName("are read from its unit, in their order")
    void parse() {
        assertThat(DaemonOptions.parse(UNIT))
                .isEqualTo(new DaemonOptions(
                        List.of(REGISTRY, "172.30.0.0/16"),
                        List.of("registry.access.redhat.com", REGISTRY),
                        List.of("registry.access.redhat.com", "docker.io")));
    }

    @Test
    @DisplayName("are complete when all that was asked for is there, and what comes before is blocked")
    void complete() {
        Check check = DaemonCheck.of(
                vm(UNIT, true), asked(true, "registry.access.redhat.com", "docker.io", REGISTRY), RECREATE);

        assertThat(check.outcome()).isEqualTo(CheckOutcome.OK);
        assertThat(check.message())
                .isEqualTo("insecure [" + REGISTRY + ", 172.30.0.0/16], searched [registry.access.redhat.com, "
                        + REGISTRY + "], blocked [registry.access.redhat.com, docker.io]");
    }

    @Test
    @DisplayName("that drifted from what was asked for are a finding, in the order insecure, add, block")
    void drift() {
        Check check = DaemonCheck.of(
                vm("dockerd --add-registry registry.access.redhat.com --block-registry=quay.io", true),
                asked(true, "docker.io", "quay.io"),
                RECREATE);

        assertThat(check.outcome()).isEqualTo(CheckOutcome.WARN);
        assertThat(check.message())
                .contains(
                        "insecure-registry " + REGISTRY + " is missing, add-registry " + REGISTRY
                                + " is missing, block-registry docker.io is missing, registry.access.redhat.com is searched first");
        assertThat(check.fix().orElseThrow()).contains(RECREATE);
    }

    @Test
    @DisplayName(
            "that trust more than was asked for are a finding, too, but for what docker and minishift always trust")
    void unasked() {
        Check check = DaemonCheck.of(
                vm(
                        "dockerd --insecure-registry " + REGISTRY + " --insecure-registry quay.io"
                                + " --insecure-registry 172.30.0.0/16 --add-registry=" + REGISTRY,
                        true),
                asked(false),
                RECREATE);

        assertThat(check.message())
                .startsWith("It is not as asked for: insecure-registry " + REGISTRY
                        + " was not asked for, insecure-registry quay.io was not asked for. It has: ");
    }

    @Test
    @DisplayName("are asked for by the further arguments of a start as well")
    void furtherArguments() {
        DaemonOptions asked = DaemonOptions.asked(new StartSettings(
                RegistryName.of("registry", REGISTRY),
                false,
                List.of("quay.io"),
                Map.of(),
                List.of(
                        "--insecure-registry",
                        "lab:5000",
                        "--docker-opt",
                        "add-registry=lab:5000",
                        "--docker-opt=block-registry=gcr.io",
                        "--docker-opt=block-registry=quay.io"),
                true));

        assertThat(asked)
                .isEqualTo(new DaemonOptions(
                        List.of("lab:5000"), List.of(REGISTRY, "lab:5000"), List.of("quay.io", "gcr.io")));
    }

    @Test
    @DisplayName(
            "are what the daemon itself says, where that tells more than its unit: it may not have been started since")
    void running() {
        DaemonInfo info = DaemonInfo.parse("Server Version: 1.13.1\nInsecure Registries:\n quay.io\n 127.0.0.0/8\n"
                + "Registries: a.example (insecure), docker.io (secure)\nLive Restore Enabled: false\n");
        DaemonOptions unit = DaemonOptions.parse(UNIT);

        assertThat(info.completing(unit))
                .isEqualTo(new DaemonOptions(List.of("quay.io", "127.0.0.0/8"), List.of("a.example"), unit.blocked()));
        assertThat(DaemonInfo.parse("").completing(unit)).isEqualTo(unit);
    }

    @Test
    @DisplayName("are read from daemons that indent, that search nothing, and that search Docker Hub first")
    void information() {
        assertThat(DaemonInfo.parse("Server:\n Insecure Registries:\n  lab:5000\n Live Restore Enabled: false\n"))
                .isEqualTo(new DaemonInfo(Optional.of(List.of("lab:5000")), Optional.empty()));
        assertThat(DaemonInfo.parse("Registries:\n").searched()).contains(List.of());
        assertThat(DaemonInfo.parse("Registries:\n")
                        .completing(DaemonOptions.parse(UNIT))
                        .added())
                .isEmpty();
        assertThat(DaemonInfo.parse("Registries: docker.io (secure)\n")
                        .completing(DaemonOptions.parse(UNIT))
                        .added())
                .isEmpty();
        assertThat(DaemonInfo.parse("Registries: docker.io (secure), a.example (secure)\n")
                        .completing(DaemonOptions.parse(UNIT))
                        .added())
                .containsExactly("docker.io", "a.example");
    }

    @Test
    @DisplayName("of a docker that is not Red Hat's have no effect")
    void ordinary() {
        Check check = DaemonCheck.of(vm(UNIT, false), asked(true, "docker.io"), RECREATE);

        assertThat(check.outcome()).isEqualTo(CheckOutcome.WARN);
        assertThat(check.message()).contains("not Red Hat's docker");
        assertThat(vm(UNIT, false).search().registries()).containsExactly("docker.io");
    }

    @Test
    @DisplayName("that cannot be read are a finding, and promise nothing")
    void unreadable() {
        VmContents blind = new VmContents(List.of(), new ImageStore(List.of()), Optional.empty(), true, "");

        assertThat(DaemonCheck.of(blind, asked(true), RECREATE).message()).contains("could not be read");
        assertThat(blind.search().registries()).containsExactly("docker.io");
    }

    @Test
    @DisplayName("decide where a name without a registry is looked for")
    void search() {
        assertThat(vm(UNIT, true).search().registries()).containsExactly(REGISTRY);
        assertThat(vm("dockerd --add-registry=" + REGISTRY, true).search().registries())
                .containsExactly(REGISTRY, "docker.io");
        assertThat(vm("dockerd --add-registry=" + REGISTRY + " --block-registry all", true)
                        .search()
                        .registries())
                .containsExactly(REGISTRY);
        assertThat(vm("dockerd --add-registry=a.example --block-registry public", true)
                        .search()
                        .registries())
                .containsExactly("a.example");
        assertThat(vm("dockerd --add-registry=docker.io --add-registry=a.example", true)
                        .search()
                        .registries())
                .containsExactly("docker.io", "a.example");
    }

    @Test
    @DisplayName("take 'all' and 'public' for what they cover, and nothing more")
    void words() {
        DaemonOptions all = DaemonOptions.parse("--add-registry=a.example --block-registry=all");
        DaemonOptions hub = DaemonOptions.parse("--block-registry=public");

        assertThat(all.blocks("quay.io")).isTrue();
        assertThat(all.blocks("a.example")).isFalse();
        assertThat(hub.blocks("docker.io")).isTrue();
        assertThat(hub.blocks("quay.io")).isFalse();
    }
}
