package io.github.cdkmaven.mojo;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cdkmaven.problem.Problem;
import io.github.cdkmaven.report.Check;
import java.io.StringReader;
import java.util.Properties;
import org.apache.maven.plugin.MojoExecution;
import org.apache.maven.plugin.descriptor.MojoDescriptor;
import org.codehaus.plexus.util.xml.Xpp3DomBuilder;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("What the POM's configuration sets")
class PomConfigurationTest {

    /** As Maven hands it to a goal: with an expression for each parameter of which the POM says nothing. */
    private static PomConfiguration configuration() throws Exception {
        MojoExecution execution = new MojoExecution(new MojoDescriptor());
        execution.setConfiguration(Xpp3DomBuilder.build(new StringReader("""
                <configuration>
                  <registry implementation="java.lang.String">registry.corp.example:5000</registry>
                  <home implementation="java.io.File">/data/cdk</home>
                  <profile implementation="java.lang.String">${cdk.profile}</profile>
                  <skip implementation="boolean" default-value="false">${cdk.skip}</skip>
                  <cpus>${cdk.cpus}</cpus>
                  <excludes><exclude>jenkins</exclude></excludes>
                </configuration>""")));
        return PomConfiguration.of(execution);
    }

    @Test
    @DisplayName(
            "is what a user's property does not change; each such property is told, but for one that says the same")
    void ignored() throws Exception {
        Properties user = new Properties();
        user.setProperty("cdk.registry", "other.example");
        user.setProperty("cdk.excludes", "nodejs");
        user.setProperty("cdk.home", "/data/cdk");
        user.setProperty("cdk.profile", "ci");
        user.setProperty("cdk.cpus", "6");
        user.setProperty("cdk.memory", "8GB");

        assertThat(configuration().ignored(user))
                .extracting(Check::subject)
                .containsExactly("-Dcdk.excludes", "-Dcdk.registry");
    }

    @Test
    @DisplayName("is nothing where the goal has none")
    void nothing() {
        Properties user = new Properties();
        user.setProperty("cdk.registry", "other.example");
        PomConfiguration none = PomConfiguration.of(new MojoExecution(new MojoDescriptor()));

        assertThat(none.ignored(user)).isEmpty();
        assertThat(none.advice("correct <registry> (-Dcdk.registry=…)"))
                .isEqualTo("correct <registry> (-Dcdk.registry=…)");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "correct <registry> (-Dcdk.registry=…). Or not. | correct <registry>. Or not.",
                "<home>, <profile> (-Dcdk.home, -Dcdk.profile); or | <home>, <profile> (-Dcdk.profile); or",
                "<home> or -Dcdk.home=… | <home>",
                "<home>/x</home> in the <configuration>, or -Dcdk.home=/x; then again | <home>/x</home> in the <configuration>; then again",
                "<profile> or -Dcdk.profile=…, and <cpus> (-Dcdk.cpus=6) | <profile> or -Dcdk.profile=…, and <cpus> (-Dcdk.cpus=6)",
                "'mvn cdk:delete -Dcdk.home=/x -Dcdk.profile=ci' | 'mvn cdk:delete -Dcdk.home=/x -Dcdk.profile=ci'"
            })
    @DisplayName("is named by its element alone in an advice, since the property would have no effect")
    void advice(String advice, String fitting) throws Exception {
        assertThat(configuration().advice(advice)).isEqualTo(fitting);
        assertThat(configuration()
                        .advice(Problem.of("It failed (-Dcdk.home).", advice)
                                .with("<home> (-Dcdk.home=…)", "  Fix: " + advice)))
                .isEqualTo(Problem.of("It failed (-Dcdk.home).", fitting)
                        .with("<home> (-Dcdk.home=…)", "  Fix: " + fitting));
    }
}
