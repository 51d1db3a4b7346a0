package io.github.cdkmaven.verify;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cdkmaven.image.ImageReference;
import io.github.cdkmaven.openshift.OwnRegistry;
import io.github.cdkmaven.openshift.StreamItems.Item;
import io.github.cdkmaven.report.Verdict;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("The verdict on an image")
class OriginRuleTest {

    private static final String REGISTRY = "registry.corp.example:5000";
    private static final String DIGEST = "@sha256:" + "a".repeat(64);
    private static final String ID = "sha256:" + "b".repeat(64);

    /** Namespace, stream and tag, whether it is current, the end of its digest, and where it came from. */
    private static final List<Item> ITEMS = List.of(
            new Item(
                    "openshift",
                    "jenkins",
                    "2",
                    true,
                    digest('1'),
                    REGISTRY + "/openshift3/jenkins" + "@" + digest('1')),
            new Item("openshift", "jenkins", "2", false, digest('1'), "quay.io/openshift3/jenkins@" + digest('1')),
            new Item("openshift", "jenkins", "1", true, digest('2'), "registry.redhat.io/jenkins@" + digest('2')),
            new Item("openshift", "jenkins", "1", false, digest('3'), "quay.io/old/jenkins@" + digest('3')),
            new Item("openshift", "jenkins", "0", false, digest('3'), REGISTRY + "/old/jenkins@" + digest('3')),
            new Item("shop", "web", "latest", true, digest('4'), "172.30.1.1:5000/shop/web@" + digest('4')),
            new Item("shop", "web", "old", false, digest('5'), REGISTRY + "/shop/web@" + digest('5')),
            new Item("shop", "odd", "latest", true, digest('6'), "NO IMAGE"));

    private static final OwnRegistry OWN =
            new OwnRegistry(Set.of("172.30.1.1:5000", "docker-registry.default.svc:5000"));

    private final OriginRule rule = rule(List.of(), List.of(REGISTRY));

    private static String digest(char last) {
        return "sha256:" + "0".repeat(63) + last;
    }

    private static OriginRule rule(List<String> allowed, List<String> search) {
        return new OriginRule(
                Set.of(REGISTRY), new AllowedImages(allowed), search, OWN, new PullThrough(ITEMS, List.of()));
    }

    private static ImageOrigin pulled(String named, String... repositories) {
        return new ImageOrigin(
                named,
                true,
                Stream.of(repositories)
                        .map(repository -> ImageReference.parse(repository + DIGEST))
                        .toList(),
                false);
    }

    private static ImageOrigin loaded(String named, boolean same) {
        return new ImageOrigin(named, true, List.of(), same);
    }

    private void assertJudged(ImageOrigin evidence, Verdict verdict, String why) {
        OriginVerdict judgement = rule.judge(evidence);
        assertThat(judgement.verdict()).as("%s", judgement).isEqualTo(verdict);
        assertThat(judgement.why()).isEqualTo(why);
        assertThat(judgement.isExternal()).isEqualTo(verdict == Verdict.EXTERNAL);
    }

    @Test
    @DisplayName("is internal when docker pulled it from the registry, whatever its name is")
    void pulledInside() {
        assertJudged(
                pulled("openshift/origin-pod:v3.11", REGISTRY + "/openshift/origin-pod"),
                Verdict.INTERNAL,
                "pulled from " + REGISTRY);
        assertJudged(
                pulled("docker.io/library/redis", REGISTRY + "/library/redis"),
                Verdict.INTERNAL,
                "pulled from " + REGISTRY);
    }

    @Test
    @DisplayName("is external when docker pulled it from elsewhere, whatever its name is")
    void pulledOutside() {
        assertJudged(pulled(REGISTRY + "/library/redis:1", "quay.io/a/redis"), Verdict.EXTERNAL, "pulled from quay.io");
        assertJudged(pulled("redis", "redis"), Verdict.EXTERNAL, "pulled from docker.io");
        assertThat(rule.judge(pulled("redis", "index.docker.io/library/redis")).source())
                .contains("docker.io");
    }

    @Test
    @DisplayName("is external when docker pulled it from the registry and from elsewhere too")
    void pulledFromBoth() {
        assertJudged(
                pulled("redis", REGISTRY + "/library/redis", "quay.io/a/redis"),
                Verdict.EXTERNAL,
                "pulled from quay.io");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "172.30.1.1:5000/shop/web@sha256:0000000000000000000000000000000000000000000000000000000000000004",
                "172.30.1.1:5000/shop/web",
                "docker-registry.default.svc:5000/openshift/jenkins:2",
                "docker-registry.default.svc.cluster.local:5000/openshift/jenkins:2",
                REGISTRY + "/any/thing:1"
            })
    @DisplayName("is internal for OpenShift's own registry and for the company's, by name")
    void namedInside(String image) {
        assertJudged(ImageOrigin.named(image), Verdict.INTERNAL, "named by " + image.substring(0, image.indexOf('/')));
    }

    @ParameterizedTest
    @ValueSource(strings = {"172.30.1.1:5000/myproject/app:1", REGISTRY + "/any/thing:1"})
    @DisplayName(
            "takes no name for a proof: what was loaded under the registry's name has to be the registry's, byte for byte")
    void loadedUnderOurName(String image) {
        assertJudged(
                loaded(image, false),
                Verdict.EXTERNAL,
                "loaded or built in the VM under the registry's name, but different from the registry's");
        assertThat(rule.judge(loaded(image, false)).source()).isEmpty();
        assertJudged(
                loaded(image, true),
                Verdict.INTERNAL,
                "not pulled from a registry, but its digest matches the registry's image");
    }

    @ParameterizedTest(name = "{0}, item {1}")
    @CsvSource({
        "172.30.1.1:5000/openshift/jenkins, 2, registry.redhat.io, openshift/jenkins:1",
        "docker-registry.default.svc:5000/openshift/jenkins, 2, registry.redhat.io, openshift/jenkins:1",
        "172.30.1.1:5000/openshift/jenkins, 3, quay.io, openshift/jenkins:1",
        "172.30.1.1:5000/shop/odd, 6, NO IMAGE, shop/odd:latest"
    })
    @DisplayName("is external for what the cluster's own registry passes on from outside")
    void passedOn(String repository, char item, String source, String tag) {
        String image = repository + "@" + digest(item);
        String host = repository.substring(0, repository.indexOf('/'));
        ImageOrigin pull = new ImageOrigin("shop", true, List.of(ImageReference.parse(image)), false);

        assertJudged(
                pull,
                Verdict.EXTERNAL,
                "pulled from " + host + ", which has it from " + source + " (ImageStream " + tag + ")");
        assertThat(rule.judge(pull).source()).contains(source);
        assertThat(rule.judge(pull).stream()).contains(tag.substring(0, tag.indexOf(':')));
        assertThat(rule.judge(ImageOrigin.named(image)).why()).startsWith("named by " + host + ", which has it from");
    }

    @ParameterizedTest(name = "{0}, item {1}")
    @CsvSource({"172.30.1.1:5000/openshift/jenkins, 1", "172.30.1.1:5000/shop/web, 4", "172.30.1.1:5000/shop/web, 5"})
    @DisplayName(
            "is internal for what was pushed to the cluster's own registry, or comes through it from the company's")
    void passedOnFromInside(String repository, char item) {
        ImageReference image = ImageReference.parse(repository + "@" + digest(item));

        assertJudged(
                new ImageOrigin("shop", true, List.of(image), false), Verdict.INTERNAL, "pulled from 172.30.1.1:5000");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "172.30.1.1:5000/shop/web@sha256:0000000000000000000000000000000000000000000000000000000000000002",
                "172.30.1.1:5000/shop/nothing@sha256:0000000000000000000000000000000000000000000000000000000000000004",
                "172.30.1.1:5000/shop/web:gone",
                "172.30.1.1:5000/shop/web:old",
                "docker-registry.default.svc:5000/openshift/jenkins"
            })
    @DisplayName(
            "is unproven for what the cluster's own registry has, but no tag of an ImageStream: it may have come from anywhere")
    void withoutItem(String image) {
        ImageReference reference = ImageReference.parse(image);
        String host = image.substring(0, image.indexOf('/'));

        assertJudged(
                new ImageOrigin("shop", true, List.of(reference), false),
                Verdict.UNPROVEN,
                "pulled from " + host + ", and no ImageStream tells where it has it from: " + reference.path());
        assertThat(rule.judge(ImageOrigin.named(image)).verdict()).isEqualTo(Verdict.UNPROVEN);
    }

    @Test
    @DisplayName("is external for a tag that stands for an image outside now")
    void taggedOutside() {
        assertJudged(
                ImageOrigin.named("172.30.1.1:5000/openshift/jenkins:1"),
                Verdict.EXTERNAL,
                "named by 172.30.1.1:5000, which has it from registry.redhat.io (ImageStream openshift/jenkins:1)");
    }

    @Test
    @DisplayName(
            "is unproven for what the cluster's own registry has of a namespace whose ImageStreams were not looked at")
    void streamOfOthers() {
        OriginRule scoped = new OriginRule(
                Set.of(REGISTRY),
                new AllowedImages(List.of()),
                List.of(),
                OWN,
                new PullThrough(ITEMS, List.of("shop")));
        ImageReference others = ImageReference.parse("172.30.1.1:5000/theirs/app@" + digest('9'));
        ImageReference mine = ImageReference.parse("172.30.1.1:5000/shop/web@" + digest('4'));

        assertThat(scoped.judge(new ImageOrigin("app", true, List.of(mine, others), false)))
                .satisfies(judgement -> assertThat(judgement.verdict()).isEqualTo(Verdict.UNPROVEN))
                .satisfies(judgement -> assertThat(judgement.why()).contains("theirs/app"));
        assertThat(scoped.judge(ImageOrigin.named(others.toString())).verdict()).isEqualTo(Verdict.UNPROVEN);
        assertThat(scoped.judge(ImageOrigin.named(mine.toString())).verdict()).isEqualTo(Verdict.INTERNAL);
    }

    @Test
    @DisplayName("asks no ImageStream about the company's registry, whatever its repositories are called")
    void streamsOfTheSameName() {
        ImageReference image = ImageReference.parse(REGISTRY + "/openshift/jenkins@" + digest('2'));

        assertJudged(new ImageOrigin("shop", true, List.of(image), false), Verdict.INTERNAL, "pulled from " + REGISTRY);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "172.30.255.12/myproject/app",
                "172.30.77.88:5000/a/b",
                "172.30.999.999:80/a/b",
                "172.30.1.1:5001/a/b",
                "172.30.1.1/a/b",
                "docker-registry.default.svc:9999/a/b",
                "docker-registry.default.svc/a/b",
                "image-registry.openshift-image-registry.svc:5000/a/b",
                "172.31.1.1:5000/a/b",
                "1172.30.1.1:5000/a/b",
                "172.30.1.1.example.com/a/b",
                "docker-registry.default.svc.example.com/a/b",
                "registry.corp.example/any/thing",
                "xregistry.corp.example:5000/any/thing",
                "registry.access.redhat.com/openshift3/ose:v3.9"
            })
    @DisplayName("is external for names of other registries, however much they look like ours")
    void namedOutside(String image) {
        String host = image.substring(0, image.indexOf('/'));
        assertJudged(ImageOrigin.named(image), Verdict.EXTERNAL, "named by " + host);
        assertThat(rule.judge(ImageOrigin.named(image)).source()).contains(host);
    }

    @Test
    @DisplayName("is allowed for a loaded image under a public name that is the registry's own, byte for byte")
    void seeded() {
        assertJudged(
                loaded("registry.access.redhat.com/openshift3/ose-control-plane:v3.11.141", true),
                Verdict.ALLOWED,
                "not pulled from a registry, but its digest matches the registry's image");
        assertJudged(
                loaded(ID, true),
                Verdict.ALLOWED,
                "not pulled from a registry, but its digest matches the registry's image");
    }

    @Test
    @DisplayName("is external for a loaded image that is not the registry's, and names no source")
    void loadedByHand() {
        for (String image : List.of("registry.access.redhat.com/openshift3/ose:v3.9", "openshift/origin:v3.9", ID)) {
            assertJudged(
                    loaded(image, false),
                    Verdict.EXTERNAL,
                    "loaded or built in the VM, but different from the registry's");
            assertThat(rule.judge(loaded(image, false)).source()).isEmpty();
        }
    }

    @Test
    @DisplayName("is external for an id of which nobody knows anything")
    void idOnly() {
        assertJudged(ImageOrigin.named(ID), Verdict.EXTERNAL, "it has no name, and nothing shows where it came from");
        assertJudged(
                ImageOrigin.named("b".repeat(12)),
                Verdict.EXTERNAL,
                "it has no name, and nothing shows where it came from");
        assertJudged(
                ImageOrigin.named("NOT AN IMAGE"),
                Verdict.EXTERNAL,
                "it has no name, and nothing shows where it came from");
    }

    @ParameterizedTest
    @ValueSource(strings = {"openshift/origin-service-serving-cert-signer:v3.11", "redis", "docker.io/library/redis:5"})
    @DisplayName("follows docker's search for a name without a registry, and for Docker Hub's")
    void searched(String image) {
        assertJudged(ImageOrigin.named(image), Verdict.INTERNAL, "docker looks for it in [" + REGISTRY + "] only");

        OriginVerdict hubLast = rule(List.of(), List.of(REGISTRY, "docker.io")).judge(ImageOrigin.named(image));
        assertThat(hubLast.verdict()).isEqualTo(Verdict.EXTERNAL);
        assertThat(hubLast.source()).contains("docker.io");
        assertThat(hubLast.why()).isEqualTo("docker looks for it in docker.io");

        OriginVerdict othersFirst =
                rule(List.of(), List.of("registry.access.redhat.com", REGISTRY)).judge(ImageOrigin.named(image));
        assertThat(othersFirst.source()).contains("registry.access.redhat.com");
    }

    @Test
    @DisplayName("is allowed where the user says so, and stays internal where that needs no permission")
    void allowedByTheUser() {
        OriginRule lenient = rule(List.of("quay.io/team/*", REGISTRY + "/*", "lab/base"), List.of("docker.io"));

        assertThat(lenient.judge(pulled("quay.io/team/app:1", "quay.io/team/app")))
                .isEqualTo(OriginVerdict.allowed("accepted by <allowedImages>"));
        assertThat(lenient.judge(ImageOrigin.named("lab/base:1")).verdict()).isEqualTo(Verdict.ALLOWED);
        assertThat(lenient.judge(loaded("lab/base:1", false)).verdict()).isEqualTo(Verdict.ALLOWED);
        assertThat(lenient.judge(pulled("quay.io/other/app:1", "quay.io/other/app"))
                        .verdict())
                .isEqualTo(Verdict.EXTERNAL);
        assertThat(lenient.judge(ImageOrigin.named(REGISTRY + "/a/b")).verdict())
                .isEqualTo(Verdict.INTERNAL);
    }
}
