package io.github.cdkmaven;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.GeneralCodingRules.NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS;
import static com.tngtech.archunit.library.GeneralCodingRules.NO_CLASSES_SHOULD_USE_JAVA_UTIL_LOGGING;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayName("The architecture")
class ArchitectureTest {

    private static final String ROOT = "io.github.cdkmaven";
    private static final Path SOURCES = Path.of("src/main/java");

    /** The port to the engines, which every layer above it may know. */
    private static final String PORT = "engine";

    /** The engines behind the port. */
    private static final List<String> ENGINES = List.of("minishift", "crc", "cluster");

    /** Every package from the top to the bottom: none knows one that stands before it. A new package has to be entered here. */
    private static final List<String> LAYERS = List.of(
            "mojo",
            "lifecycle",
            "minishift",
            "crc",
            "cluster",
            "preflight",
            "verify",
            "ownership",
            "streams",
            PORT,
            "mirror",
            "openshift",
            "registry",
            "image",
            "report",
            "http",
            "process",
            "tls",
            "problem",
            "json");

    private static JavaClasses classes;

    @BeforeAll
    static void readTheClasses() {
        classes = new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                .importPackages(ROOT);
    }

    /** The packages that are there, by their sources, so that no class file of yesterday is taken for one. */
    static Set<String> packages() throws IOException {
        try (Stream<Path> folders = Files.list(SOURCES.resolve(ROOT.replace('.', '/')))) {
            return folders.filter(Files::isDirectory)
                    .map(folder -> folder.getFileName().toString())
                    .collect(Collectors.toSet());
        }
    }

    @Test
    @DisplayName("knows every package that there is")
    void knowsEveryPackage() throws IOException {
        assertThat(packages()).containsExactlyInAnyOrderElementsOf(LAYERS);
    }

    static Stream<String> below() {
        return LAYERS.stream().skip(1);
    }

    @ParameterizedTest(name = "{0}")
    @DisplayName("lets no package know one that stands above it")
    @MethodSource("below")
    void letsNoPackageKnowOneAboveIt(String name) {
        assertThat(classes.that(resideInAPackage(in(name))))
                .as("classes of " + name)
                .isNotEmpty();

        noClasses()
                .that()
                .resideInAPackage(in(name))
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(LAYERS.subList(0, LAYERS.indexOf(name)).stream()
                        .map(ArchitectureTest::in)
                        .toArray(String[]::new))
                .check(classes);
    }

    @ParameterizedTest(name = "{0}")
    @DisplayName("lets only mojo name the engines that are behind the port")
    @FieldSource("ENGINES")
    void letsOnlyMojoNameAnEngine(String engine) {
        noClasses()
                .that()
                .resideOutsideOfPackages(in(engine), in("mojo"))
                .should()
                .dependOnClassesThat()
                .resideInAPackage(in(engine))
                .check(classes);
    }

    @Test
    @DisplayName("lets only mojo know Maven")
    void letsOnlyMojoKnowMaven() {
        assertThat(classes.that(resideInAPackage(in("mojo"))).stream()
                        .filter(usesMaven())
                        .toList())
                .as("classes that do use Maven")
                .isNotEmpty();

        noClasses()
                .that(not(resideInAPackage(in("mojo"))))
                .should()
                .dependOnClassesThat(resideInAnyPackage("org.apache.maven..", "javax.inject.."))
                .check(classes);
    }

    @Test
    @DisplayName("has no circles between packages")
    void hasNoCircles() {
        slices().matching(ROOT + ".(*)..").should().beFreeOfCycles().check(classes);
    }

    @Test
    @DisplayName("writes to no standard stream and uses one way of logging")
    void logsOneWay() {
        // What cdk:env prints is read by a shell, and not by people.
        NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS.check(classes.that(not(JavaClass.Predicates.simpleName("EnvMojo"))));
        NO_CLASSES_SHOULD_USE_JAVA_UTIL_LOGGING.check(classes);
    }

    @Test
    @DisplayName("holds no static state that can change")
    void holdsNoStaticState() {
        List<JavaField> statics = classes.stream()
                .flatMap(type -> type.getFields().stream())
                .filter(field -> field.getModifiers().contains(JavaModifier.STATIC))
                .toList();

        assertThat(statics).hasSizeGreaterThan(100).allMatch(field -> field.getModifiers()
                .contains(JavaModifier.FINAL));
    }

    @Test
    @DisplayName(
            "reads and writes JSON in one place, without the mapper, which takes a short goal a third of a second to load")
    void readsJsonInOnePlace() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .belongToAnyOf(ObjectMapper.class)
                .orShould()
                .callMethodWhere(writesByTheMapper())
                .check(classes);
    }

    private static DescribedPredicate<JavaMethodCall> writesByTheMapper() {
        return DescribedPredicate.describe(
                "JsonNode.toString or toPrettyString",
                call -> call.getTargetOwner().isAssignableTo(JsonNode.class)
                        && List.of("toString", "toPrettyString").contains(call.getName()));
    }

    @ParameterizedTest(name = "no {0}")
    @DisplayName("has no class whose name says nothing")
    @CsvSource({"Manager", "Helper", "Util", "Utils", "Impl"})
    void hasNoEmptyNames(String suffix) {
        noClasses().should().haveSimpleNameEndingWith(suffix).check(classes);
    }

    @Test
    @DisplayName("says of every package what it is for, and that nothing in it is null")
    void describesEveryPackage() throws IOException {
        for (String name : packages()) {
            Path file = SOURCES.resolve(ROOT.replace('.', '/')).resolve(name).resolve("package-info.java");
            assertThat(file).content().startsWith("/** ").contains("@NullMarked");
        }
    }

    @Test
    @DisplayName("has classes of at most 500 lines")
    void hasSmallClasses() throws IOException {
        Map<String, Long> large = new TreeMap<>();
        try (Stream<Path> files = Files.walk(SOURCES)) {
            for (Path file :
                    files.filter(path -> path.toString().endsWith(".java")).toList()) {
                try (Stream<String> lines = Files.lines(file)) {
                    large.put(SOURCES.relativize(file).toString(), lines.count());
                }
            }
        }
        assertThat(large).hasSizeGreaterThan(80);
        large.values().removeIf(lines -> lines <= 500);
        assertThat(large).isEmpty();
    }

    private static String in(String name) {
        return ROOT + "." + name + "..";
    }

    private static Predicate<JavaClass> usesMaven() {
        DescribedPredicate<JavaClass> maven = resideInAPackage("org.apache.maven..");
        return type -> type.getDirectDependenciesFromSelf().stream()
                .anyMatch(dependency -> maven.test(dependency.getTargetClass()));
    }
}
