package io.github.cdkmaven.sim.cluster.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("A reference, as OpenShift takes it apart,")
class DockerReferenceTest {

    @ParameterizedTest(name = "{0} is asked for at {1} as {2}:{3}")
    @CsvSource({
        "registry.access.redhat.com/rhscl/httpd-24-rhel7, registry.access.redhat.com, rhscl/httpd-24-rhel7, latest",
        "openshift3/jenkins-2-rhel7:v3.9, registry-1.docker.io, openshift3/jenkins-2-rhel7, v3.9",
        "mysql:5.7, registry-1.docker.io, library/mysql, 5.7",
        "docker.io/mysql, registry-1.docker.io, library/mysql, latest",
        "registry.corp:5000/mirror/rhcc/rhscl/x:1, registry.corp:5000, mirror/rhcc/rhscl/x, 1",
        "registry/a/b:1, registry-1.docker.io, registry/a/b, 1",
        "localhost/a:1, localhost, a, 1",
        "registry.corp:5000, registry-1.docker.io, library/registry.corp, 5000"
    })
    void isTakenApart(String text, String server, String path, String tag) {
        DockerReference reference = DockerReference.parse(text);
        assertThat(reference.server()).isEqualTo(server);
        assertThat(reference.path()).isEqualTo(path);
        assertThat(reference.tagOrLatest()).isEqualTo(tag);
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource({
        "127.0.0.1:5000/UPPER/perl:5, repository name must be lowercase",
        "registry.corp/X/y, repository name must be lowercase",
        "https://h/x, invalid reference format",
        "h//x, invalid reference format",
        "h/x:, invalid reference format",
        "a.b/c@sha256:abcd, invalid reference format",
        "*, invalid reference format"
    })
    void isRefused(String text, String message) {
        assertThatThrownBy(() -> DockerReference.parse(text)).hasMessage(message);
    }
}
