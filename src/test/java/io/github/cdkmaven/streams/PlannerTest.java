package io.github.cdkmaven.streams;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.cdkmaven.image.Globs;
import io.github.cdkmaven.image.RegistryName;
import io.github.cdkmaven.registry.Registries;
import io.github.cdkmaven.registry.Registry;
import io.github.cdkmaven.streams.TagPlan.Action;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("The plan for a stream")
class PlannerTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String DIGEST = "sha256:7e33f0c030333d2c46d3b0bbf2889466204a7a7426f05ed12adf44887c4f61b3";
    private static final String REGISTRY = "registry.corp:5000";

    private final Planner planner = planner(false, List.of(), List.of());

    @ParameterizedTest(name = "{0}")
    @DisplayName("imports a tag from the company's registry, with its tag or digest as it stands")
    @ValueSource(strings = {"rhscl/php-70-rhel7", "rhscl/php-70-rhel7:1.0-2", "a/b@" + DIGEST, "a/b:1@" + DIGEST})
    void importsATag(String image) {
        TagPlan tag = only(planner, tag("registry.redhat.io/" + image, ""));

        assertThat(tag.action()).isEqualTo(Action.IMPORT);
        assertThat(tag.from()).isEqualTo("registry.redhat.io/" + image);
        assertThat(tag.to()).isEqualTo(REGISTRY + "/" + image);
    }

    @ParameterizedTest(name = "{1}")
    @DisplayName("leaves alone what is not for us, and says why")
    @CsvSource(
            delimiter = '|',
            value = {
                "{'kind': 'ImageStreamTag', 'name': '7.0'} | follows ImageStreamTag 7.0",
                "{'kind': 'ImageStreamImage', 'name': 'php@sha256:1'} | follows ImageStreamImage php@sha256:1",
                "{'kind': 'DockerImage', 'name': 'registry.redhat.io/A/b'} | invalid image reference",
                "null | has no source",
            })
    void leavesAlone(String from, String why) {
        TagPlan tag = only(planner, "{'name': 'x', 'from': " + from + "}");

        assertThat(tag.action()).isEqualTo(Action.SKIP);
        assertThat(tag.why()).startsWith(why);
    }

    @Test
    @DisplayName("leaves alone what lies in the registry that the cluster calls its own, and says so")
    void leavesTheOwnRegistryAlone() {
        StreamPlan plan = planner.plan(json("{'metadata': {'name': 'php', 'namespace': 'openshift'}, 'spec': {'tags': ["
                + tag("docker-registry.default.svc:5000/a/b:1", "")
                + "]}, 'status': {'dockerImageRepository': 'docker-registry.default.svc:5000/openshift/php'}}"));

        assertThat(plan.tags().get(0).action()).isEqualTo(Action.SKIP);
        assertThat(plan.tags().get(0).why()).isEqualTo("is in OpenShift's own registry");
    }

    @ParameterizedTest(name = "{0}: {1}")
    @DisplayName(
            "tells what no mapping covers, an old registry of OpenShift's own or of the company too, but not this cluster's own")
    @CsvSource({
        "quay.io/a/b:1, OUTSIDE",
        "old-registry.corp:5000/a/b:1, OUTSIDE",
        "registry.corp:5001/a/b:1, OUTSIDE",
        "172.30.99.7:5000/openshift/b:1, OUTSIDE",
        "172.30.1.1:5000/openshift/b:1, SKIP",
        "172.30.1.1:5001/openshift/b:1, OUTSIDE",
        "docker-registry.default.svc:5000/openshift/b:1, OUTSIDE",
        "Registry.CORP:5000/a/b:1, IMPORT",
        "registry.redhat.io:443/a/b:1, IMPORT",
    })
    void tellsWhatIsOutside(String image, Action action) {
        StreamPlan plan = planner.plan(json("{'metadata': {'name': 'php', 'namespace': 'openshift'}, 'spec': {'tags': ["
                + tag(image, "") + "]}, 'status': {'dockerImageRepository': '172.30.1.1:5000/openshift/php'}}"));

        assertThat(plan.tags().get(0).action()).isEqualTo(action);
        assertThat(plan.tags().get(0).from()).isEqualTo(image);
    }

    @Test
    @DisplayName("tells of a repository outside, once")
    void tellsOfARepositoryOutside() {
        assertThat(planner.plan(repository("quay.io/fis/java")).repository().orElseThrow())
                .extracting(TagPlan::tag, TagPlan::action, TagPlan::from)
                .containsExactly("*", Action.OUTSIDE, "quay.io/fis/java");
        StreamPlan withTags = planner.plan(json("{'metadata': {'name': 'fis', 'namespace': 'openshift'}, 'spec': {"
                + "'dockerImageRepository': 'quay.io/fis/java', 'tags': [{'name': '1.0'}]}}"));
        assertThat(withTags.repository()).isEmpty();
        assertThat(withTags.tags().get(0))
                .extracting(TagPlan::action, TagPlan::from)
                .containsExactly(Action.OUTSIDE, "quay.io/fis/java:1.0");
    }

    @ParameterizedTest(name = "{0}, status {1}: {2}")
    @DisplayName("imports a repository without tags as a whole, also one that was moved and never imported")
    @CsvSource(
            delimiter = '|',
            value = {
                "registry.redhat.io/fis/java | [] | IMPORT",
                "registry.corp:5000/fis/java | [] | IMPORT",
                "registry.corp:5000/fis/java | [{'tag': '1', 'items': null, 'conditions': [{'type': 'ImportSuccess', 'status': 'False'}]}] | IMPORT",
                "registry.corp:5000/fis/java | [{'tag': '1', 'items': [{'image': 'x', 'dockerImageReference': 'registry.redhat.io/fis/java@"
                        + DIGEST + "'}]}] | IMPORT",
                "registry.corp:5000/fis/java | [{'tag': '1', 'items': [{'image': 'x', 'dockerImageReference': 'registry.corp:5000/fis/java@"
                        + DIGEST + "'}]}] | ",
            })
    void importsARepository(String repository, String status, Action action) {
        StreamPlan plan = planner.plan(
                json("{'metadata': {'name': 'fis', 'namespace': 'openshift'}, 'spec': {'dockerImageRepository': '"
                        + repository + "'}, 'status': {'tags': " + status + "}}"));

        assertThat(plan.repository().map(TagPlan::action)).isEqualTo(Optional.ofNullable(action));
        assertThat(plan.isInPlace()).isEqualTo(action == null);
    }

    @Test
    @DisplayName("leaves alone what includes and excludes leave out")
    void leavesOut() {
        Planner some = planner(false, List.of("php:7*", "ruby"), List.of("*:7.1"));

        assertThat(only(some, tag("registry.redhat.io/a/b", "'name': '7.0'")).action())
                .isEqualTo(Action.IMPORT);
        assertThat(only(some, tag("registry.redhat.io/a/b", "'name': '7.1'")).why())
                .isEqualTo("left out by includes or excludes");
        assertThat(only(some, tag("registry.redhat.io/a/b", "'name': '5.6'")).action())
                .isEqualTo(Action.SKIP);
    }

    @Test
    @DisplayName("only rewrites a tag with reference: true, and keeps it when that was done")
    void rewritesReferences() {
        assertThat(only(planner, tag("registry.redhat.io/a/b:1", "'reference': true")))
                .extracting(TagPlan::action, TagPlan::to)
                .containsExactly(Action.REWRITE, REGISTRY + "/a/b:1");
        assertThat(only(planner, tag(REGISTRY + "/a/b:1", "'reference': true")).action())
                .isEqualTo(Action.KEEP);
    }

    @ParameterizedTest(name = "{0}: {4}")
    @DisplayName("keeps a moved tag only when its current image came from there, for its current generation")
    @CsvSource({
        "in place,               registry.corp:5000/a/b, 3, 3, KEEP",
        "newer than asked for,   registry.corp:5000/a/b, 3, 4, KEEP",
        "of an older generation, registry.corp:5000/a/b, 3, 2, IMPORT",
        "from outside,           registry.redhat.io/a/b, 3, 3, IMPORT",
        "of another repository,  registry.corp:5000/a/bc, 3, 3, IMPORT",
    })
    void keepsWhatIsInPlace(String what, String place, int asked, int had, Action action) {
        TagPlan tag = only(
                planner,
                tag(REGISTRY + "/a/b:1", "'generation': " + asked),
                "[{'tag': 'other', 'items': null}, {'tag': '1', 'items': [{'image': '" + DIGEST + "', 'generation': "
                        + had
                        + ", 'dockerImageReference': '" + place + "@" + DIGEST + "'},"
                        + " {'image': 'sha256:0', 'generation': 3, 'dockerImageReference': '" + REGISTRY
                        + "/a/b@sha256:0'}]}]");

        assertThat(tag.action()).as(what).isEqualTo(action);
        assertThat(tag.to()).isEqualTo(REGISTRY + "/a/b:1");
        assertThat(tag.digest()).isEqualTo(action == Action.KEEP ? Optional.of(DIGEST) : Optional.empty());
    }

    @ParameterizedTest(name = "{0}")
    @DisplayName("imports a moved tag that has no image yet, whatever its conditions say")
    @ValueSource(
            strings = {
                "[]",
                "[{'tag': '1', 'items': null}]",
                "[{'tag': '1', 'items': [], 'conditions': [{'type': 'ImportSuccess', 'status': 'True'}]}]",
            })
    void importsWhatHasNoImage(String status) {
        assertThat(only(planner, tag(REGISTRY + "/a/b:1", ""), status).action()).isEqualTo(Action.IMPORT);
    }

    @Test
    @DisplayName(
            "moves a repository, and imports its tags from it by their names unless they have a source of their own")
    void movesARepository() {
        StreamPlan plan = planner.plan(json("{'metadata': {'name': 'fis', 'namespace': 'openshift'}, 'spec': {"
                + "'dockerImageRepository': 'registry.redhat.io/fis/java', 'tags': [{'name': '1.0'}, {'name': '2.0', 'from': null},"
                + tag("registry.redhat.io/other/java:3", "'name': '3.0'") + "]}}"));

        assertThat(plan.repository().orElseThrow().to()).isEqualTo(REGISTRY + "/fis/java");
        assertThat(plan.isInPlace()).isFalse();
        assertThat(plan.tags())
                .extracting(TagPlan::action, TagPlan::from, TagPlan::to)
                .containsExactly(
                        tuple(Action.IMPORT, "registry.redhat.io/fis/java:1.0", REGISTRY + "/fis/java:1.0"),
                        tuple(Action.IMPORT, "registry.redhat.io/fis/java:2.0", REGISTRY + "/fis/java:2.0"),
                        tuple(Action.IMPORT, "registry.redhat.io/other/java:3", REGISTRY + "/other/java:3"));
    }

    @Test
    @DisplayName("leaves a repository that is excluded, or whose name is none")
    void leavesARepository() {
        assertThat(planner.plan(repository("registry.redhat.io/FIS")).repository())
                .isEmpty();
        assertThat(planner(false, List.of(), List.of("fis"))
                        .plan(repository("registry.redhat.io/fis/java"))
                        .isInPlace())
                .isTrue();
        assertThat(planner.plan(repository("registry.redhat.io/fis/java")).isInPlace())
                .isFalse();
    }

    @Test
    @DisplayName("keeps the policies of a tag as they are")
    void keepsPolicies() {
        TagPlan tag = only(
                planner,
                tag(
                        "registry.redhat.io/a/b",
                        "'importPolicy': {'scheduled': true}, 'referencePolicy': {'type': 'Local'}"));

        assertThat(tag.importPolicy()).isEqualTo(json("{'scheduled': true}"));
        assertThat(tag.referencePolicy()).isEqualTo(json("{'type': 'Local'}"));
        assertThat(only(planner, tag("registry.redhat.io/a/b", "")).importPolicy())
                .isEqualTo(json("{}"));
    }

    @Test
    @DisplayName("adds insecure to the import policy when the registry is, and never takes it away")
    void addsInsecure() {
        String scheduled = tag("registry.redhat.io/a/b", "'importPolicy': {'scheduled': true}");
        JsonNode stream = stream(scheduled, "[]");
        String before = stream.toString();

        assertThat(planner(true, List.of(), List.of())
                        .plan(stream)
                        .tags()
                        .get(0)
                        .importPolicy())
                .isEqualTo(json("{'scheduled': true, 'insecure': true}"));
        assertThat(stream).as("the stream as read").hasToString(before);
        assertThat(only(planner, tag("registry.redhat.io/a/b", "'importPolicy': {'insecure': true}"))
                        .importPolicy())
                .isEqualTo(json("{'insecure': true}"));
    }

    @Test
    @DisplayName("imports also what gets too long by the move, so that the server says so for that tag alone")
    void leavesLengthToTheServer() {
        String path = "a".repeat(230);

        assertThat(only(
                        planner(false, List.of(), List.of(), REGISTRY + "/mirror"),
                        tag("registry.redhat.io/" + path + ":1", "")))
                .extracting(TagPlan::action, TagPlan::to)
                .containsExactly(Action.IMPORT, REGISTRY + "/mirror/" + path + ":1");
    }

    @Test
    @DisplayName("of a stream without tags has nothing to do")
    void ofAStreamWithoutTags() {
        assertThat(planner.plan(json("{'metadata': {'name': 'out', 'namespace': 'x'}, 'spec': {}}"))
                        .isInPlace())
                .isTrue();
    }

    private static org.assertj.core.groups.Tuple tuple(Object... values) {
        return org.assertj.core.api.Assertions.tuple(values);
    }

    private static TagPlan only(Planner planner, String tag) {
        return only(planner, tag, "[]");
    }

    private static TagPlan only(Planner planner, String tag, String status) {
        StreamPlan plan = planner.plan(stream(tag, status));
        assertThat(plan).hasToString("openshift/php");
        return plan.tags().get(0);
    }

    private static JsonNode stream(String tag, String status) {
        return json("{'metadata': {'name': 'php', 'namespace': 'openshift'}, 'spec': {'tags': [" + tag
                + "]}, 'status': {'tags': " + status + "}}");
    }

    private static JsonNode repository(String name) {
        return json("{'metadata': {'name': 'fis', 'namespace': 'openshift'}, 'spec': {'dockerImageRepository': '" + name
                + "'}}");
    }

    private static String tag(String image, String more) {
        return "{" + (more.contains("'name'") ? "" : "'name': '1', ") + more + (more.isEmpty() ? "" : ", ")
                + "'from': {'kind': 'DockerImage', 'name': '" + image + "'}}";
    }

    private static JsonNode json(String text) {
        try {
            return JSON.readTree(text.replace('\'', '"'));
        } catch (IOException e) {
            throw new UncheckedIOException(text, e);
        }
    }

    private static Planner planner(boolean insecure, List<String> includes, List<String> excludes) {
        return planner(insecure, includes, excludes, REGISTRY);
    }

    private static Planner planner(boolean insecure, List<String> includes, List<String> excludes, String registry) {
        return new Planner(
                Registries.of(new Registry(
                        RegistryName.of("registry", registry),
                        insecure,
                        Optional.empty(),
                        Optional.empty(),
                        Duration.ofSeconds(30))),
                new Streams(
                        false,
                        List.of("openshift"),
                        new Globs(includes),
                        new Globs(excludes),
                        true,
                        new Globs(List.of()),
                        8,
                        Duration.ofMinutes(1),
                        false));
    }
}
