package io.github.cdkmaven.lifecycle;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A running CDK, as the build gets it: each of these is a project property {@code cdk.<name>} and a line of {@code cdk.properties}.
 *
 * @param ip the VM's address
 * @param apiUrl the API's address
 * @param consoleUrl the web console's address
 * @param registry the company's registry, from which the cluster's images come
 * @param kubeconfig a private file with a cluster administrator's login
 * @param oc an oc of the cluster's version
 * @param routingSuffix what the host names of routes end with
 * @param startedByThisBuild whether this build has to stop it
 */
public record StartedCdk(
        String ip,
        String apiUrl,
        String consoleUrl,
        String registry,
        Path kubeconfig,
        Path oc,
        String routingSuffix,
        boolean startedByThisBuild) {

    /** The properties that the build gets. */
    public Map<String, String> toProperties() {
        Map<String, String> properties = new LinkedHashMap<>();
        properties.put("cdk.ip", ip);
        properties.put("cdk.apiUrl", apiUrl);
        properties.put("cdk.consoleUrl", consoleUrl);
        properties.put("cdk.registry", registry);
        properties.put("cdk.kubeconfig", kubeconfig.toString());
        properties.put("cdk.oc", oc.toString());
        properties.put("cdk.routingSuffix", routingSuffix);
        properties.put("cdk.startedByThisBuild", Boolean.toString(startedByThisBuild));
        return properties;
    }
}
