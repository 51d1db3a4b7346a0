package io.github.cdkmaven.mirror;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.cdkmaven.image.ImageReference;
import io.github.cdkmaven.image.RegistryName;
import io.github.cdkmaven.image.Relocation;
import io.github.cdkmaven.minishift.MinishiftVersion;
import io.github.cdkmaven.minishift.images.Catalog;
import io.github.cdkmaven.minishift.images.Products;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Reads the file by the rules of {@code oc image mirror} (openshift/oc, pkg/cli/image/mirror/mappings.go), which is not run here. */
@DisplayName("mapping.txt is a file that oc image mirror takes:")
class OcMappingTest {

    private static final String A = "sha256:" + "aa".repeat(32);
    private static final String B = "sha256:" + "bb".repeat(32);

    static Stream<Arguments> products() {
        return Stream.of(
                Arguments.of("v3.7.14", Products.CDK_3_3, ""),
                Arguments.of("v3.9.31", Products.CDK_3_5, ""),
                Arguments.of("v3.10.45", Products.CDK_3_6, "/mirror/redhat"),
                Arguments.of("v3.11.141", Products.CDK_3_10, "/mirror"),
                Arguments.of("v3.11.0", Products.MINISHIFT_1_34, ""));
    }

    @ParameterizedTest(name = "every line of it for OpenShift {0}, with the path prefix \"{2}\"")
    @MethodSource("products")
    void everyLine(String openshift, MinishiftVersion product, String prefix) {
        MirrorPlan plan = plan(Catalog.of(openshift, product), prefix);

        Map<String, String> read = read(OcMapping.text(plan, "Images.", "mapping.txt", true, "amd64"));

        assertThat(read).hasSize(plan.images().size());
        plan.images().forEach(image -> assertThat(read)
                .containsEntry(image.target().toString(), image.source().toString()));
    }

    @Test
    @DisplayName("two digests of one repository get a tag each, and a tag is given away once")
    void digests() {
        MirrorPlan plan = plan(
                List.of(
                        needed("team/app@" + A),
                        needed("team/app@" + B),
                        needed("team/app:1@" + A),
                        needed("team/app:1@" + B),
                        needed("team/web:1@" + A),
                        needed("team/web:1")),
                "");

        assertThat(read(OcMapping.text(plan, "Images.", "mapping.txt", false, "amd64"))
                        .keySet())
                .containsExactlyInAnyOrder(
                        "reg.corp:5000/team/app:sha256-" + A.substring(7),
                        "reg.corp:5000/team/app:1",
                        "reg.corp:5000/team/app:sha256-" + B.substring(7),
                        "reg.corp:5000/team/app:1-sha256-" + B.substring(7),
                        "reg.corp:5000/team/web:1",
                        "reg.corp:5000/team/web:1-sha256-" + A.substring(7));
    }

    @Test
    @DisplayName("(the rules do refuse what oc refuses)")
    void refuses() {
        assertThatThrownBy(() -> read("a.io/x/y=b.io/x/y:1\n")).hasMessage("line 1: SRC needs a tag or a digest");
        assertThatThrownBy(() -> read("a.io/x:1=b.io/x@" + A + "\n")).hasMessage("line 1: DST takes no digest");
        assertThatThrownBy(() -> read("a.io/x:1=b.io/x:1\na.io/z:1=b.io/x:1\n"))
                .hasMessage("line 2: b.io/x:1 is a destination twice");
        assertThatThrownBy(() -> read("a.io/x:1  b.io/x:1=c.io/x:1\n")).hasMessage("line 1: no SRC=DST");
    }

    /** Sources by destination. */
    private static Map<String, String> read(String text) {
        Map<String, String> read = new LinkedHashMap<>();
        String[] lines = text.split("\n");
        for (int number = 1; number <= lines.length; number++) {
            String line = lines[number - 1].replaceFirst("#.*", "").strip();
            for (String mapping : line.isEmpty() ? new String[0] : line.split(" ", -1)) {
                require(mapping.matches("[^=*]+=[^=*]+"), number, "no SRC=DST");
                ImageReference source = ImageReference.parse(mapping.substring(0, mapping.indexOf('=')));
                ImageReference target = ImageReference.parse(mapping.substring(mapping.indexOf('=') + 1));
                require(!source.suffix().isEmpty(), number, "SRC needs a tag or a digest");
                require(target.digest().isEmpty(), number, "DST takes no digest");
                String destination =
                        target.name() + ":" + target.tag().or(source::tag).orElse("");
                require(
                        read.put(destination, source.toString()) == null,
                        number,
                        destination + " is a destination twice");
            }
        }
        return read;
    }

    private static void require(boolean rule, int line, String words) {
        if (!rule) {
            throw new IllegalArgumentException("line " + line + ": " + words);
        }
    }

    private static NeededImage needed(String reference) {
        return NeededImage.required(reference, new Purpose.Additional());
    }

    private static MirrorPlan plan(List<NeededImage> images, String prefix) {
        RegistryName name = RegistryName.of("registry", "reg.corp:5000" + prefix);
        return MirrorPlan.of(images, name, Relocation.byDefault(name));
    }
}
