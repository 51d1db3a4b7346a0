package io.github.cdkmaven.sim.minishift;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;

/** The master's configuration in the VM: as far as a caller looks at it or patches it. */
final class MasterConfigFile {

    private static final int REQUESTS_UNTIL_BACK = 4;
    private static final String WHITELIST = "allowedRegistriesForImport";
    private static final String AUTHORITIES = "additionalTrustedCA";

    private final Session session;
    private final ObjectNode content;

    private MasterConfigFile(Session session, ObjectNode content) {
        this.session = session;
        this.content = content;
    }

    static MasterConfigFile of(Session session) {
        JsonNode kept = session.vm().value("masterConfig");
        return new MasterConfigFile(session, kept.isObject() ? (ObjectNode) kept : standard(session));
    }

    ObjectNode content() {
        return content;
    }

    String path(String target) {
        if (session.openshift().usesTemplate()) {
            String folder = target.equals("node") ? "node/node-config.yaml" : "openshift-apiserver/master-config.yaml";
            return "/var/lib/minishift/base/" + folder;
        }
        return session.generation().clusterUpRunsInVm()
                ? "/var/lib/origin/openshift.local.config/master/master-config.yaml"
                : "/var/lib/minishift/openshift.local.config/master/master-config.yaml";
    }

    /** Applies a patch: objects merge, arrays are replaced; then the master comes up again. */
    void patch(ObjectNode change) {
        checkPorts(change);
        merge(content, change);
        String authorities = authorities();
        session.vm().set("masterConfig", content);
        JsonNode whitelist = content.path("imagePolicyConfig").path(WHITELIST);
        session.cluster().whitelist(whitelist.isMissingNode() ? "null" : whitelist.toString());
        session.cluster().additionalAuthorities(authorities);
        session.cluster().notReadyFor(REQUESTS_UNTIL_BACK);
        // From 3.10 the API server is a static pod, whose container is asked and is just being replaced (seen on
        // 1.34.3).
        session.vm()
                .set(
                        "masterRestarting",
                        BooleanNode.valueOf(session.generation().asksTheApiServersContainer()));
    }

    /**
     * The file that {@code imagePolicyConfig.additionalTrustedCA} names, which 3.11 reads. The API server sees the folder of its
     * configuration as {@code /etc/origin/master} and nothing else of the VM; without the file it does not come up.
     */
    private String authorities() {
        String named = content.path("imagePolicyConfig").path(AUTHORITIES).asText("");
        if (named.isEmpty() || session.openshift().minor() < 11) {
            return "";
        }
        String own = "/etc/origin/master/";
        String folder = path("master").replaceFirst("[^/]*$", "");
        String file = named.startsWith("/") ? named.replaceFirst("^" + own, folder) : folder + named;
        try {
            if (!file.startsWith(folder)) {
                throw new VmDisk.DiskException("No such file or directory");
            }
            return new VmDisk(session).read(file, true);
        } catch (VmDisk.DiskException e) {
            throw ExitException.failure(
                    "Unable to set OpenShift configuration: open " + named + ": no such file or directory");
        }
    }

    /** Whether the master is just coming up again; the next one who asks finds it there. */
    boolean isRestarting() {
        boolean restarting = session.vm().value("masterRestarting").asBoolean(false);
        if (restarting) {
            session.vm().set("masterRestarting", BooleanNode.FALSE);
        }
        return restarting;
    }

    /** A wildcard for the port makes the master refuse to start. */
    private static void checkPorts(ObjectNode change) {
        for (JsonNode entry : change.path("imagePolicyConfig").path(WHITELIST)) {
            String name = entry.path("domainName").asText();
            if (name.matches(".*:(?!\\d+$).*")) {
                throw ExitException.failure(
                        "Unable to set OpenShift configuration: invalid port format, must be a number");
            }
        }
    }

    private static void merge(ObjectNode target, ObjectNode change) {
        change.properties().forEach(entry -> {
            JsonNode old = target.path(entry.getKey());
            if (old instanceof ObjectNode inner && entry.getValue() instanceof ObjectNode more) {
                merge(inner, more);
            } else {
                target.set(entry.getKey(), entry.getValue());
            }
        });
    }

    private static ObjectNode standard(Session session) {
        String url = "https://" + session.vm().ip() + ":8443";
        ObjectNode config = JsonFile.object();
        config.putObject("admissionConfig").putNull("pluginConfig");
        config.put("apiVersion", "v1");
        config.putArray("corsAllowedOrigins").add("//127\\.0\\.0\\.1(:|$)").add("//localhost(:|$)");
        config.putObject("imageConfig")
                .put("format", "-${component}:${version}")
                .put("latest", false);
        ObjectNode images = config.putObject("imagePolicyConfig");
        whitelist(session.openshift(), images);
        images.put("disableScheduledImport", false);
        images.put("maxImagesBulkImportedPerRepository", 5);
        images.put("maxScheduledImageImportsPerMinute", 60);
        images.put("scheduledImageImportMinimumIntervalSeconds", 900);
        config.put("kind", "MasterConfig").put("masterPublicURL", url);
        ObjectNode provider =
                config.putObject("oauthConfig").putArray("identityProviders").addObject();
        provider.put("challenge", true)
                .put("login", true)
                .put("mappingMethod", "claim")
                .put("name", "anypassword");
        provider.putObject("provider").put("apiVersion", "v1").put("kind", "AllowAllPasswordIdentityProvider");
        config.putObject("routingConfig").put("subdomain", session.vm().ip() + ".nip.io");
        config.putObject("servingInfo").put("bindAddress", "0.0.0.0:8443").put("requestTimeoutSeconds", 3600);
        return config;
    }

    /** Up to 3.9 a list, from 3.10 nothing, which allows every registry. */
    private static void whitelist(OpenshiftVersion openshift, ObjectNode images) {
        if (openshift.usesTemplate()) {
            images.set(WHITELIST, NullNode.instance);
            return;
        }
        List<String> names = new ArrayList<>(List.of("docker.io", "*.docker.io", "*.redhat.com", "gcr.io", "quay.io"));
        if (openshift.minor() >= 9) {
            names.addAll(List.of("registry.centos.org", "registry.redhat.io"));
        }
        names.add("*.amazonaws.com");
        ArrayNode entries = images.putArray(WHITELIST);
        names.forEach(name -> entries.addObject().put("domainName", name));
    }
}
