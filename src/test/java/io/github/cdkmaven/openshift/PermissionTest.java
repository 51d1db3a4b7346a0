package io.github.cdkmaven.openshift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.cdkmaven.problem.ProblemException;
import io.github.cdkmaven.streams.TinyCluster;
import io.github.cdkmaven.streams.TinyCluster.Reply;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A right")
class PermissionTest {

    private static final String REVIEW = "POST selfsubjectaccessreviews";

    @Test
    @DisplayName("to prove where images came from are to read pods and ImageStreams, and to change nothing")
    void toVerify() {
        assertThat(Permission.toVerify(List.of()))
                .extracting(Permission::toString)
                .containsExactly("list pods", "list imagestreams.image.openshift.io");
    }

    @Test
    @DisplayName("to move the streams of a namespace is to list and to update them, and to import")
    void toMove() {
        assertThat(Permission.toMove(List.of("openshift", "mine")))
                .extracting(Permission::toString)
                .containsExactly(
                        "list imagestreams.image.openshift.io in namespace openshift",
                        "update imagestreams.image.openshift.io in namespace openshift",
                        "create imagestreamimports.image.openshift.io in namespace openshift",
                        "list imagestreams.image.openshift.io in namespace mine",
                        "update imagestreams.image.openshift.io in namespace mine",
                        "create imagestreamimports.image.openshift.io in namespace mine");
    }

    @Test
    @DisplayName("that is missing is the first that the cluster does not grant")
    void firstMissing() throws IOException {
        try (TinyCluster cluster = new TinyCluster()) {
            List<Permission> rights = Permission.toMove(List.of("openshift"));
            cluster.dictate(REVIEW, allowed(false), allowed(false), allowed(false));

            assertThat(Permission.firstMissing(cluster.api(), rights)).contains(rights.get(0));
            cluster.dictate(REVIEW, allowed(true), allowed(true), allowed(true));
            assertThat(Permission.firstMissing(cluster.api(), rights)).isEmpty();
        }
    }

    @Test
    @DisplayName("that cannot be asked for is a problem of the connection")
    void cannotBeAskedFor() throws IOException {
        OpenShiftApi gone;
        try (TinyCluster cluster = new TinyCluster()) {
            gone = cluster.api();
        }

        assertThat(catchThrowableOfType(
                        ProblemException.class,
                        () -> Permission.firstMissing(gone, Permission.toMove(List.of("openshift")), time -> {})))
                .hasMessageContaining("cannot be reached");
    }

    @Test
    @DisplayName("is asked for again when the master is not ready, and is not called missing for that")
    void masterNotReady() throws IOException {
        try (TinyCluster cluster = new TinyCluster()) {
            Reply notReady = Reply.of(503, "ServiceUnavailable", "not yet ready");
            cluster.dictate(REVIEW, notReady, Reply.HANG_UP, allowed(true));

            assertThat(Permission.firstMissing(cluster.api(), one(), time -> {}))
                    .isEmpty();
        }
    }

    @Test
    @DisplayName("is not called missing by a login that is over, or by a master that never gets ready")
    void notMissing() throws IOException {
        try (TinyCluster cluster = new TinyCluster()) {
            cluster.dictate(REVIEW, Reply.of(401, "Unauthorized", "Unauthorized"));
            ProblemException over = catchThrowableOfType(
                    ProblemException.class, () -> Permission.firstMissing(cluster.api(), one(), time -> {}));
            assertThat(over).hasMessageContaining("is not valid");
            assertThat(over.problem().fix()).contains("oc login");

            cluster.dictate(
                    REVIEW,
                    Reply.of(403, "Forbidden", "User \\\"system:anonymous\\\" cannot create selfsubjectaccessreviews"));
            assertThat(catchThrowableOfType(
                            ProblemException.class, () -> Permission.firstMissing(cluster.api(), one(), time -> {})))
                    .hasMessageContaining("is not valid");

            Reply[] down = new Reply[7];
            Arrays.fill(down, Reply.of(503, "ServiceUnavailable", "starting"));
            cluster.dictate(REVIEW, down);
            ProblemException never = catchThrowableOfType(
                    ProblemException.class, () -> Permission.firstMissing(cluster.api(), one(), time -> {}));
            assertThat(never).hasMessageContaining("does not report what its user may do");
            assertThat(never.problem().evidence()).containsExactly("starting");
        }
    }

    private static List<Permission> one() {
        return Permission.toMove(List.of("openshift")).subList(0, 1);
    }

    private static Reply allowed(boolean allowed) {
        return new Reply(201, "{\"status\": {\"allowed\": " + allowed + "}}", Map.of());
    }
}
