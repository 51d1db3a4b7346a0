package io.github.cdkmaven.mojo;

import io.github.cdkmaven.lifecycle.MoveImageStreams;
import io.github.cdkmaven.lifecycle.MoveRequest;
import io.github.cdkmaven.report.ReportBuilder;
import java.io.File;
import javax.inject.Inject;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;
import org.apache.maven.settings.crypto.SettingsDecrypter;
import org.jspecify.annotations.Nullable;

/**
 * Moves the ImageStreams of a running CDK, or of any OpenShift that a kubeconfig reaches, to the company's registry. Does nothing else.
 *
 * @since 1.0.0
 */
@Mojo(name = "imagestreams", requiresProject = false, threadSafe = true)
public final class ImageStreamsMojo extends AbstractMoveMojo {

    @Inject
    ImageStreamsMojo(SettingsDecrypter decrypter) {
        super(decrypter);
    }

    /**
     * A kubeconfig: the ImageStreams of its cluster are moved, and no minishift is looked at. Without it, those of the running CDK are.
     *
     * <p>Example: {@code -Dcdk.kubeconfig=shared-cluster.kubeconfig}
     *
     * @since 1.0.0
     */
    @Parameter(property = "cdk.kubeconfig")
    @Nullable File kubeconfig;

    /**
     * The context of the kubeconfig; its current one by default.
     *
     * <p>Example: {@code -Dcdk.context=team/api-corp-example:6443/dev}
     *
     * @since 1.0.0
     */
    @Parameter(property = "cdk.context")
    @Nullable String context;

    @Override
    void run(ReportBuilder report) {
        ParameterReader reading = reader();
        MoveRequest request = new MoveRequest(
                tools(reading), streams(reading), Values.path(kubeconfig), Values.text(context), reports());
        reading.complete();
        new MoveImageStreams(request, runner(), report).run();
    }
}
