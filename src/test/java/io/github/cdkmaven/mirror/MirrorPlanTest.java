package io.github.cdkmaven.mirror;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cdkmaven.image.Mapping;
import io.github.cdkmaven.image.RegistryName;
import io.github.cdkmaven.image.Relocation;
import io.github.cdkmaven.minishift.images.Catalog;
import io.github.cdkmaven.minishift.images.Products;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The plan of what to mirror")
class MirrorPlanTest {

    private static final RegistryName REGISTRY = RegistryName.of("registry", "reg.corp:5000/mirror");

    @Test
    void sendsEachImageToThePlaceWhereOpenShiftWillAskForIt() {
        assertThat(lines(stream("registry.access.redhat.com/rhscl/httpd-24-rhel7")))
                .containsExactly("registry.access.redhat.com/rhscl/httpd-24-rhel7:latest"
                        + " -> reg.corp:5000/mirror/rhscl/httpd-24-rhel7:latest");
        assertThat(lines(stream("centos/ruby-23-centos7:2.3")))
                .containsExactly(
                        "docker.io/centos/ruby-23-centos7:2.3 -> reg.corp:5000/mirror/centos/ruby-23-centos7:2.3");
        assertThat(lines(NeededImage.required("mysql:8", new Purpose.Additional())))
                .containsExactly("docker.io/library/mysql:8 -> reg.corp:5000/mirror/library/mysql:8");
    }

    @Test
    void putsACompiledInNameAtTheRootOfTheRegistrySinceDockersSearchKnowsNoPrefix() {
        assertThat(lines(NeededImage.required(
                        "openshift/origin-service-serving-cert-signer:v3.11", new Purpose.HardCoded())))
                .containsExactly("docker.io/openshift/origin-service-serving-cert-signer:v3.11"
                        + " -> reg.corp:5000/openshift/origin-service-serving-cert-signer:v3.11");
    }

    @Test
    void listsAnImageOnceAndTakesItFromWhereNoLoginIsWanted() {
        MirrorPlan plan = plan(
                NeededImage.required("registry.redhat.io/openshift3/ose-pod:v3.11", new Purpose.Stream("a", "1")),
                NeededImage.required(
                        "registry.access.redhat.com/openshift3/ose-pod:v3.11", new Purpose.Platform("pod")));

        assertThat(plan.images()).singleElement().satisfies(image -> {
            assertThat(image.source()).hasToString("registry.access.redhat.com/openshift3/ose-pod:v3.11");
            assertThat(image.alsoFrom())
                    .extracting(Object::toString)
                    .containsExactly("registry.redhat.io/openshift3/ose-pod:v3.11");
            assertThat(image.purpose()).isEqualTo("image stream a:1, OpenShift, pod");
        });
    }

    @Test
    void tellsWhichImagesNoRuleMoves() {
        assertThat(plan(stream("registry.centos.org/dotnet/dotnet-20-centos7:latest"))
                        .unmapped())
                .extracting(Object::toString)
                .containsExactly("registry.centos.org/dotnet/dotnet-20-centos7:latest");
    }

    @Test
    void hasThe131ImagesOfTheStreamsOfOpenShift39AndTheTwelveOfThePlatform() {
        MirrorPlan plan =
                MirrorPlan.of(Catalog.of("v3.9.31", Products.CDK_3_5), REGISTRY, Relocation.byDefault(REGISTRY));

        assertThat(plan.images()).hasSize(131 + 12);
        assertThat(plan.unmapped()).isEmpty();
        assertThat(plan.images()).noneMatch(MirrorImage::needsLogin);
    }

    @Test
    void followsTheRulesOfThePom() {
        MirrorPlan plan = MirrorPlan.of(
                List.of(stream("quay.io/team/app:1")),
                REGISTRY,
                new Relocation(List.of(Mapping.parse("quay.io=other.corp:5001/quay"))));

        assertThat(plan.images())
                .singleElement()
                .extracting(MirrorImage::target)
                .hasToString("other.corp:5001/quay/team/app:1");
    }

    private static NeededImage stream(String source) {
        return NeededImage.required(source, new Purpose.Stream("s", "1"));
    }

    private static MirrorPlan plan(NeededImage... images) {
        return MirrorPlan.of(List.of(images), REGISTRY, Relocation.byDefault(REGISTRY));
    }

    private static List<String> lines(NeededImage... images) {
        return plan(images).images().stream()
                .map(image -> image.source() + " -> " + image.target())
                .toList();
    }
}
