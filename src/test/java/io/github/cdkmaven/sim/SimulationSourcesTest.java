package io.github.cdkmaven.sim;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What the product believes of the real programs must not come from the same hand twice. */
@DisplayName("The sources of the simulation")
class SimulationSourcesTest {

    private static final Path SIMULATION = Path.of("src/sim/java");
    private static final Path PLUGIN = Path.of("src/main/java");

    @Test
    @DisplayName("use nothing of the plugin and no test library")
    void standAlone() throws IOException {
        Set<String> own = classes(SIMULATION);
        JavaClasses simulation = new ClassFileImporter()
                .importPackages("io.github.cdkmaven.sim")
                .that(DescribedPredicate.describe("compiled from src/sim", type -> own.contains(outermost(type))));
        DescribedPredicate<JavaClass> plugin = resideInAPackage("io.github.cdkmaven..")
                .and(DescribedPredicate.not(resideInAPackage("io.github.cdkmaven.sim..")));

        assertThat(simulation).hasSizeGreaterThan(100);
        noClasses().should().dependOnClassesThat(plugin).check(simulation);
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.junit..", "org.assertj..", "org.apache.maven..")
                .check(simulation);
    }

    @Test
    @DisplayName("have no class named like one of the plugin's")
    void haveNamesOfTheirOwn() throws IOException {
        assertThat(simpleNames(SIMULATION)).doesNotContainAnyElementsOf(simpleNames(PLUGIN));
    }

    private static String outermost(JavaClass type) {
        return type.getName().replaceFirst("\\$.*", "");
    }

    private static Set<String> simpleNames(Path root) throws IOException {
        return classes(root).stream()
                .map(name -> name.substring(name.lastIndexOf('.') + 1))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** The names of the top-level classes below a source root. */
    private static Set<String> classes(Path root) throws IOException {
        try (Stream<Path> files = Files.walk(root)) {
            List<String> names = files.map(file -> root.relativize(file).toString())
                    .filter(name -> name.endsWith(".java") && !name.endsWith("package-info.java"))
                    .map(name -> name.replace(".java", "").replace('/', '.'))
                    .toList();
            return new TreeSet<>(names);
        }
    }
}
