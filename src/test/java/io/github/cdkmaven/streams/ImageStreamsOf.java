package io.github.cdkmaven.streams;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.cdkmaven.lifecycle.StartedCdk;
import io.github.cdkmaven.openshift.ImageStreams;
import io.github.cdkmaven.openshift.OpenShiftApi;
import io.github.cdkmaven.openshift.kubeconfig.ClusterAccess;
import io.github.cdkmaven.openshift.kubeconfig.Kubeconfig;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;

/** Reads the ImageStreams of a cluster as a test of a build would: with the kubeconfig that it was handed. */
public final class ImageStreamsOf {

    private ImageStreamsOf() {}

    /** The streams of namespace openshift. */
    public static List<JsonNode> cluster(StartedCdk started) throws IOException {
        ClusterAccess access = Kubeconfig.parse(Files.readString(started.kubeconfig()), started.kubeconfig());
        return ImageStreams.list(new OpenShiftApi(access), List.of("openshift"));
    }
}
