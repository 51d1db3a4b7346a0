package io.github.cdkmaven.minishift.images;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.cdkmaven.minishift.MinishiftVersion;
import io.github.cdkmaven.mirror.NeededImage;
import io.github.cdkmaven.mirror.Purpose;
import io.github.cdkmaven.problem.ProblemException;
import java.util.List;
import java.util.function.Predicate;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("The catalogue")
class CatalogTest {

    @Test
    void namesTheImagesOfTheCdkOfTheRecipeWithItsExactVersion() {
        assertThat(names(
                        "v3.9.14",
                        Products.CDK_3_4,
                        image -> image.use() instanceof Purpose.Platform && !image.optional()))
                .containsExactly(
                        "registry.access.redhat.com/openshift3/ose:v3.9.14",
                        "registry.access.redhat.com/openshift3/ose-deployer:v3.9.14",
                        "registry.access.redhat.com/openshift3/ose-docker-builder:v3.9.14",
                        "registry.access.redhat.com/openshift3/ose-docker-registry:v3.9.14",
                        "registry.access.redhat.com/openshift3/ose-haproxy-router:v3.9.14",
                        "registry.access.redhat.com/openshift3/ose-pod:v3.9.14",
                        "registry.access.redhat.com/openshift3/ose-sti-builder:v3.9.14",
                        "registry.access.redhat.com/openshift3/ose-web-console:v3.9.14");
    }

    @Test
    void hasNoWebConsoleBeforeOpenShift39() {
        assertThat(names("v3.7.14", Products.CDK_3_3, image -> image.use() instanceof Purpose.Platform))
                .contains("registry.access.redhat.com/openshift3/ose:v3.7.14")
                .noneMatch(name -> name.contains("web-console"));
    }

    @Test
    void knowsTheManyPartsOfOpenShift311AndTheNameThatNothingChanges() {
        assertThat(names("3.11.141", Products.CDK_3_10, image -> !(image.use() instanceof Purpose.Stream)))
                .hasSize(17)
                .contains(
                        "registry.access.redhat.com/openshift3/ose-control-plane:v3.11.141",
                        "registry.access.redhat.com/openshift3/ose-hypershift:v3.11.141",
                        "openshift/origin-service-serving-cert-signer:v3.11")
                .doesNotContain("registry.access.redhat.com/openshift3/ose:v3.11.141");
        assertThat(names("v3.10.45", Products.CDK_3_6, image -> true)).noneMatch(name -> name.contains("cert-signer"));
    }

    @Test
    void marksWhatOnlySomebodyWhoTurnsItOnNeeds() {
        assertThat(names("v3.9.31", Products.CDK_3_5, NeededImage::optional))
                .containsExactly(
                        "registry.access.redhat.com/openshift3/ose-ansible:v3.9.31",
                        "registry.access.redhat.com/openshift3/ose-recycler:v3.9.31",
                        "registry.access.redhat.com/openshift3/ose-service-catalog:v3.9.31",
                        "registry.access.redhat.com/openshift3/ose-template-service-broker:v3.9.31");
    }

    @Test
    void namesTheImageThatOcIsCopiedOutOfAsMinishiftHasItCompiledIn() {
        assertThat(ocCopy("v3.9.14", Products.CDK_3_4)).isEmpty();
        assertThat(ocCopy("v3.9.31", Products.CDK_3_5))
                .containsExactly("registry.access.redhat.com/openshift3/ose:v3.9.31");
        assertThat(ocCopy("v3.10.45", Products.CDK_3_5))
                .as("minishift 1.20 knows no control plane's image, whatever OpenShift it starts")
                .containsExactly("registry.access.redhat.com/openshift3/ose:v3.10.45");
        assertThat(ocCopy("v3.11.141", Products.CDK_3_10))
                .containsExactly("registry.access.redhat.com/openshift3/ose-control-plane:v3.11.141");
        assertThat(ocCopy("v3.9.0", Products.MINISHIFT_1_20)).containsExactly("openshift/origin:v3.9.0");
        assertThat(ocCopy("v3.10.0", Products.MINISHIFT_1_23)).containsExactly("openshift/origin:v3.10.0");
        assertThat(ocCopy("v3.11.0", Products.MINISHIFT_1_34))
                .containsExactly("openshift/origin-control-plane:v3.11.0");
    }

    @ParameterizedTest
    @CsvSource({"v3.9.31", "v3.10.45", "v3.11.141"})
    void putsIntoTheCacheWhatItNames(String openshift) {
        for (MinishiftVersion product : List.of(Products.CDK_3_5, Products.CDK_3_10, Products.MINISHIFT_1_23)) {
            assertThat(Catalog.ofTheCache(openshift, product))
                    .hasSize(1)
                    .isSubsetOf(Catalog.needed(openshift, product).images());
        }
        assertThat(Catalog.ofTheCache("v3.9.14", Products.CDK_3_4))
                .as("no name can be told to it")
                .hasSize(8)
                .isSubsetOf(Catalog.needed("v3.9.14", Products.CDK_3_4).images());
    }

    @Test
    void givesUpstreamItsOwnNamesAndStreams() {
        assertThat(names("v3.11.0", Products.MINISHIFT_1_34, image -> image.use() instanceof Purpose.Platform))
                .contains("docker.io/openshift/origin-hyperkube:v3.11.0");
        assertThat(names("v3.11.0", Products.MINISHIFT_1_34, image -> image.use() instanceof Purpose.Stream))
                .hasSize(54)
                .contains("docker.io/openshift/jenkins-2-centos7:v3.11");
    }

    @Test
    void knowsTheStreamsOfTheCdkWithTheirTags() {
        assertThat(streams("v3.7.14", Products.CDK_3_3)).hasSize(31 + 46);
        assertThat(streams("v3.9.31", Products.CDK_3_5))
                .hasSize(40 + 95)
                .contains(NeededImage.required(
                        "registry.access.redhat.com/openshift3/jenkins-2-rhel7:v3.9",
                        new Purpose.Stream("jenkins", "2")))
                .contains(NeededImage.required(
                        "registry.access.redhat.com/rhscl/httpd-24-rhel7", new Purpose.Stream("httpd", "2.4")));
        assertThat(streams("v3.10.45", Products.CDK_3_6)).hasSize(42 + 113);
        assertThat(streams("v3.11.141", Products.CDK_3_10)).hasSize(46 + 111);
    }

    @Test
    void doesNotGuessTheImagesOfAnOpenShiftThatItDoesNotKnow() {
        assertThat(Catalog.knows("v3.6.1")).isFalse();
        assertThat(Catalog.knows("latest")).isFalse();
        assertThatThrownBy(() -> Catalog.of("v3.6.1", Products.CDK_3_3))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        e -> assertThat(e.problem().what())
                                .isEqualTo(
                                        "The images of OpenShift v3.6.1 are not in the catalogue, which knows 3.7, 3.9, 3.10, 3.11."));
    }

    private static List<String> names(String openshift, MinishiftVersion product, Predicate<NeededImage> which) {
        return Catalog.of(openshift, product).stream()
                .filter(which)
                .map(image -> image.source().toString())
                .toList();
    }

    private static List<String> ocCopy(String openshift, MinishiftVersion product) {
        return names(openshift, product, image -> image.use() instanceof Purpose.OcCopy);
    }

    private static List<NeededImage> streams(String openshift, MinishiftVersion product) {
        return Catalog.of(openshift, product).stream()
                .filter(image -> image.use() instanceof Purpose.Stream)
                .toList();
    }
}
