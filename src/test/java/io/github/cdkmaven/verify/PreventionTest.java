package io.github.cdkmaven.verify;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cdkmaven.engine.RegistryPolicy;
import io.github.cdkmaven.minishift.VmAnswers;
import io.github.cdkmaven.registry.Registries;
import io.github.cdkmaven.registry.Registry;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("What would have kept an image away")
class PreventionTest {

    private static final Registries REGISTRIES =
            Registries.of(Registry.to("registry.corp.example:5000").withPrefix("mirror"));
    private static final String RECREATE = "'mvn cdk:delete -Dcdk.home=/vms -Dcdk.profile=ci', then start again";
    private static final RegistryPolicy WANTED =
            new RegistryPolicy(List.of(), List.of(REGISTRIES.own().host()), List.of("docker.io"));

    private static String told(String image, OriginVerdict verdict, String unit) {
        return new Prevention(
                        REGISTRIES,
                        Optional.of(new Prevention.Blocking(WANTED, Optional.of(VmAnswers.policy(unit)), RECREATE)))
                .explain(image, verdict);
    }

    @Test
    @DisplayName("is to block its registry, where that is not asked for")
    void notBlocked() {
        assertThat(told("quay.io/a/b:1", OriginVerdict.externalFrom("quay.io", "pulled from quay.io"), ""))
                .isEqualTo(
                        "pulled from quay.io; <blockedRegistries> with quay.io (-Dcdk.blockedRegistries) would have refused it"
                                + "; <mappings> has no rule that sends it to registry.corp.example:5000/mirror");
    }

    @Test
    @DisplayName("is a new VM, where blocking is asked for and this VM was created without")
    void drifted() {
        assertThat(told("redis:5", OriginVerdict.externalFrom("docker.io", "pulled from docker.io"), ""))
                .contains("docker.io is in <blockedRegistries>, but this VM was created without", RECREATE)
                .endsWith("; the registry's name for it is registry.corp.example:5000/mirror/library/redis:5");
    }

    @Test
    @DisplayName("is a clean VM, where it is blocked by now")
    void blockedNow() {
        assertThat(told(
                        "redis:5",
                        OriginVerdict.externalFrom("docker.io", "pulled from docker.io"),
                        "--block-registry=docker.io"))
                .contains("docker.io is blocked now, but was not when it was pulled", RECREATE);
    }

    @Test
    @DisplayName("is to pull it from the registry, where no registry is known to have given it")
    void loaded() {
        assertThat(told("sha256:" + "a".repeat(64), OriginVerdict.untraced("loaded"), ""))
                .isEqualTo("loaded; make it be pulled from the registry instead");
        assertThat(told("registry.corp.example:5000/mirror/a/b:1", OriginVerdict.untraced("loaded"), ""))
                .isEqualTo("loaded; make it be pulled from the registry instead");
    }

    @Test
    @DisplayName("is to move the ImageStream, where the cluster's own registry passed it on")
    void passedOn() {
        assertThat(told(
                        "172.30.1.1:5000/openshift/jenkins:2",
                        OriginVerdict.passedOn("quay.io", "openshift/jenkins", "pulled from 172.30.1.1:5000"),
                        ""))
                .isEqualTo("pulled from 172.30.1.1:5000; cdk:imagestreams moves that ImageStream if <mappings>"
                        + " has a rule for quay.io");
    }
}
