package io.github.cdkmaven.mojo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.apache.maven.api.plugin.testing.InjectMojo;
import org.apache.maven.api.plugin.testing.MojoParameter;
import org.apache.maven.api.plugin.testing.MojoTest;
import org.apache.maven.plugin.MojoFailureException;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@MojoTest
@DisplayName("cdk:start as Maven configures it")
class StartMojoTest {

    @Test
    @InjectMojo(goal = "start")
    @DisplayName("has the defaults that the documentation promises")
    void defaults(StartMojo mojo) {
        assertThat(mojo.startTimeout).isEqualTo("20m");
        assertThat(mojo.importTimeout).isEqualTo("10m");
        assertThat(mojo.importParallelism).isEqualTo(8);
        assertThat(mojo.namespaces).containsExactly("openshift");
        assertThat(mojo.blockedRegistries)
                .containsExactly("registry.access.redhat.com", "registry.redhat.io", "docker.io", "quay.io");
        assertThat(mojo.skipRegistration).isTrue();
    }

    @Test
    @InjectMojo(goal = "start")
    @MojoParameter(name = "minishift", value = "/nowhere/minishift")
    @DisplayName("says which parameter is missing, and how to give it, before it looks at any program")
    void registryMissing(StartMojo mojo) {
        assertThatThrownBy(mojo::execute)
                .isInstanceOf(MojoFailureException.class)
                .hasMessageContaining("'registry' is missing")
                .hasMessageContaining("<registry>")
                .hasMessageContaining("-Dcdk.registry=");
    }
}
