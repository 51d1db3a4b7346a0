package io.github.cdkmaven.sim.cluster.image;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The registry whitelist")
class ImportWhitelistTest {

    private static final ImportWhitelist CLUSTER_UP = new ImportWhitelist(List.of(
            "172.30.1.1:5000",
            "docker.io:443",
            "*.docker.io:443",
            "*.redhat.com:443",
            "gcr.io:443",
            "quay.io:443",
            "registry.centos.org:443",
            "registry.redhat.io:443",
            "*.amazonaws.com:443"));

    @Test
    @DisplayName("allows what a pattern names, and Docker Hub for names without host")
    void allows() {
        assertThat(CLUSTER_UP.objection(DockerReference.parse("registry.access.redhat.com/rhscl/x"), false))
                .isEmpty();
        assertThat(CLUSTER_UP.objection(DockerReference.parse("centos/ruby-24-centos7"), false))
                .isEmpty();
    }

    @Test
    @DisplayName("names the registry and the first four entries")
    void objects() {
        assertThat(CLUSTER_UP.objection(DockerReference.parse("registry.corp:5000/a/b"), true))
                .contains("registry \"registry.corp:5000\" not allowed by whitelist: \"172.30.1.1:5000\", "
                        + "\"docker.io:443\", \"*.docker.io:443\", \"*.redhat.com:443\", and 5 more ...");
    }

    @Test
    @DisplayName("takes a reference without port as 443, and as 80 too where that is insecure")
    void ports() {
        ImportWhitelist http = new ImportWhitelist(List.of("registry.corp:80"));
        DockerReference reference = DockerReference.parse("registry.corp/a/b");
        assertThat(http.objection(reference, false)).isPresent();
        assertThat(http.objection(reference, true)).isEmpty();
        assertThat(CLUSTER_UP.objection(DockerReference.parse("quay.io:5000/a/b"), true))
                .isPresent();
    }

    @Test
    @DisplayName("allows everything by a wildcard for host and port")
    void wildcard() {
        ImportWhitelist all = new ImportWhitelist(List.of("*:*"));
        assertThat(all.objection(DockerReference.parse("registry.corp:5000/a/b"), false))
                .isEmpty();
    }
}
