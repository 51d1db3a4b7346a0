package io.github.cdkmaven.openshift;

import io.github.cdkmaven.http.BodyTooLargeException;
import io.github.cdkmaven.openshift.kubeconfig.ClusterAccess;
import io.github.cdkmaven.problem.ForeignFailure;
import io.github.cdkmaven.problem.Problem;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.concurrent.CancellationException;
import javax.net.ssl.SSLException;

/** Says why a cluster could not be spoken to. */
public final class Unreachable {

    /** What helps against a 401. */
    static final String LOG_IN =
            "log in again with 'oc login': a token lasts a day by default; or name another kubeconfig: <kubeconfig> (-Dcdk.kubeconfig)";

    private Unreachable() {}

    /**
     * Why, and what helps.
     *
     * @throws CancellationException if this thread was interrupted, which says nothing of the cluster
     */
    public static Problem problem(ClusterAccess access, IOException cause) {
        if (cause instanceof InterruptedIOException && Thread.currentThread().isInterrupted()) {
            throw new CancellationException("interrupted");
        }
        String words = words(cause);
        if (cause instanceof BodyTooLargeException) {
            return Problem.of(
                            "The OpenShift API at " + access.server() + " sent an answer that is too long.",
                            "check whether OpenShift answers there, or something in between")
                    .with(words);
        }
        return cause instanceof SSLException
                ? Problem.of(
                                "The OpenShift API at " + access.server()
                                        + " cannot prove that it is the expected one.",
                                "check whether another program answers there; a CDK whose address has changed has to be recreated: cdk:delete with its"
                                        + " <home> and <profile> (-Dcdk.home, -Dcdk.profile), then cdk:start; for a shared cluster, log in again"
                                        + " with 'oc login', so that its kubeconfig holds the right certificate authority")
                        .with(words)
                : Problem.of(
                                "The OpenShift API at " + access.server() + " cannot be reached.",
                                "'mvn cdk:status' shows whether it is running; a proxy or a firewall must let this machine reach "
                                        + access.server())
                        .with(words);
    }

    /** The exception and its causes in one line: the JDK's first message is often empty. */
    public static String words(Throwable cause) {
        StringBuilder words = new StringBuilder();
        for (Throwable next = cause; next != null && words.length() < 400; next = next.getCause()) {
            words.append(words.isEmpty() ? "" : ": ").append(ForeignFailure.words(next));
        }
        return words.toString();
    }
}
