package io.github.cdkmaven.openshift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.github.cdkmaven.openshift.kubeconfig.ClusterAccess;
import io.github.cdkmaven.openshift.kubeconfig.ClusterServer;
import io.github.cdkmaven.openshift.kubeconfig.Impersonation;
import io.github.cdkmaven.openshift.kubeconfig.Kubeconfig;
import io.github.cdkmaven.problem.ProblemException;
import io.github.cdkmaven.process.Deadline;
import io.github.cdkmaven.sim.ConnectProxy;
import io.github.cdkmaven.sim.cluster.ClusterFaults;
import io.github.cdkmaven.sim.cluster.SimulatedCluster;
import java.net.URI;
import java.net.http.HttpHeaders;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A login to a CDK")
class LoginTest {

    private static final Deadline MINUTE = Deadline.in(Duration.ofMinutes(1));
    private static final List<Permission> RIGHTS = Permission.toMove(List.of("openshift"));
    private static SimulatedCluster cluster;
    private static SimulatedCluster withoutAddOn;

    @BeforeAll
    static void start() {
        cluster = SimulatedCluster.builder().start();
        withoutAddOn = SimulatedCluster.builder().admins().start();
    }

    @AfterAll
    static void stop() {
        cluster.close();
        withoutAddOn.close();
    }

    @Test
    @DisplayName("goes to the API's own server, whatever the cluster names as its endpoint")
    void toNoOtherServer() {
        for (String endpoint :
                List.of("https://x//127.0.0.2:1/oauth", "https://127.0.0.2:1/oauth/authorize", "mailto:a@b")) {
            ApiAnswer answer = new ApiAnswer(
                    200,
                    HttpHeaders.of(Map.of(), (name, value) -> true),
                    JsonNodeFactory.instance.objectNode().put("authorization_endpoint", endpoint),
                    "");

            assertThat(Login.endpointIn(answer))
                    .as(endpoint)
                    .startsWith("/oauth")
                    .doesNotContain("//");
        }
    }

    @Test
    @DisplayName("is admin's where the add-on makes him an administrator")
    void asAdmin() {
        ClusterAccess access = login(access(cluster)).access();

        assertThat(access.credential().token()).isPresent();
        assertThat(access.impersonation()).isEmpty();
        assertThat(access.credential().client())
                .as("the client certificate of the file")
                .isEmpty();
    }

    @Test
    @DisplayName("costs one connection, from the question whether the cluster is ready to the list of streams")
    void oneConnection() {
        String place = "127.0.0.1:" + cluster.url().getPort();
        try (ConnectProxy proxy = ConnectProxy.start(Map.of(place, place))) {
            ClusterAccess direct = access(cluster);
            ClusterServer server = direct.cluster();
            ClusterServer counted = new ClusterServer(
                    server.address(), server.trust(), false, Optional.empty(), Optional.of(URI.create(proxy.url())));
            ClusterAccess access = new ClusterAccess(counted, direct.credential(), Optional.empty(), "");
            OpenShiftApi anonymous = new OpenShiftApi(access.anonymous());

            Readiness.await(anonymous, MINUTE);
            OpenShiftApi api = Login.asAdministrator(anonymous, access, RIGHTS.subList(0, 1), MINUTE);
            ImageStreams.list(api, List.of("openshift"));

            assertThat(api.access().credential().token()).isPresent();
            assertThat(proxy.tunnels()).hasSize(1);
        }
    }

    @Test
    @DisplayName("is developer's in the name of system:admin where the add-on is off")
    void asDeveloper() {
        OpenShiftApi api = login(access(withoutAddOn));

        assertThat(api.access().impersonation()).contains(Impersonation.of("system:admin"));
        assertThat(Permission.firstMissing(api, RIGHTS)).isEmpty();
    }

    @Test
    @DisplayName("is by minishift's own certificate where the cluster knows neither of them")
    void byCertificate() {
        cluster.state().htpasswd(true);
        try {
            ClusterAccess access = login(access(cluster)).access();

            assertThat(access.credential().client()).isPresent();
            assertThat(access.credential().token()).isEmpty();
            assertThatThrownBy(() -> login(access(cluster).anonymous()))
                    .hasMessageContaining("Neither 'admin' nor 'developer' has the rights");
        } finally {
            cluster.state().htpasswd(false);
        }
    }

    @Test
    @DisplayName("that gives nobody the rights names the first that is missing, and the add-on")
    void nobodyMay() {
        cluster.state().faults(ClusterFaults.none().withoutRightsIn("openshift"));
        try {
            ProblemException problem = catchThrowableOfType(ProblemException.class, () -> login(access(cluster)));

            assertThat(problem).hasMessageContaining("Neither 'admin' nor 'developer' has the rights");
            assertThat(problem.problem().evidence())
                    .containsExactly("missing: list imagestreams.image.openshift.io in namespace openshift");
            assertThat(problem.problem().fix()).contains("add-on admin-user", "<home>", "<profile>");
        } finally {
            cluster.state().faults(ClusterFaults.none());
        }
    }

    @Test
    @DisplayName("takes no token that cannot be sent, and no address of a login that is none")
    void oddAnswers() {
        assertThat(Login.tokenIn(redirect("https://a/oauth/token/implicit#access_token=sha256~abc&x=y")))
                .contains("sha256~abc");
        assertThat(Login.tokenIn(redirect("https://a/oauth/token/implicit#access_token=a\u00e9\tb")))
                .isEmpty();
        for (String endpoint :
                List.of("", "https://a b/CANARY", "mailto:x", "no path", "https://x//other.example:8443/oauth")) {
            ApiAnswer answer = new ApiAnswer(
                    200,
                    HttpHeaders.of(Map.of(), (name, value) -> true),
                    JsonNodeFactory.instance.objectNode().put("authorization_endpoint", endpoint),
                    "");
            assertThat(Login.endpointIn(answer)).as(endpoint).isEqualTo("/oauth/authorize");
        }
    }

    private static ApiAnswer redirect(String location) {
        return new ApiAnswer(
                302,
                HttpHeaders.of(Map.of("Location", List.of(location)), (name, value) -> true),
                JsonNodeFactory.instance.missingNode(),
                "");
    }

    @Test
    @DisplayName("without a user is refused, as the real server does")
    void withoutAUser() {
        assertThat(Login.token(new OpenShiftApi(access(cluster).anonymous()), ""))
                .isEmpty();
    }

    private static OpenShiftApi login(ClusterAccess cluster) {
        return Login.asAdministrator(new OpenShiftApi(cluster.anonymous()), cluster, RIGHTS, MINUTE);
    }

    private static ClusterAccess access(SimulatedCluster of) {
        return Kubeconfig.parse(of.kubeconfigJson(), Path.of("kubeconfig"));
    }
}
