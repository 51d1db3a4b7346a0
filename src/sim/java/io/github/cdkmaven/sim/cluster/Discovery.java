package io.github.cdkmaven.sim.cluster;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.cdkmaven.sim.cluster.api.ApiException;
import io.github.cdkmaven.sim.cluster.api.Json;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** What OpenShift 4's API consists of, and the addresses that tell it: {@code /api}, {@code /apis} and those of groups. */
final class Discovery {

    private static final String IMAGE = ApiException.IMAGE_GROUP;
    private static final String CONFIG = "config.openshift.io";
    private static final List<String> GET = List.of("get");
    private static final List<String> CREATE = List.of("create");
    private static final List<String> UNWATCHED = List.of("create", "delete", "get", "list", "patch", "update");

    /** Groups in the order of the API server; those of Kubernetes are only named. */
    private static final Map<String, List<String>> GROUPS = groups();

    /** What can be asked for. */
    static final List<ApiResource> RESOURCES = List.of(
            stored("", "v1", "configmaps", "ConfigMap", true, "cm"),
            stored("", "v1", "events", "Event", true, "ev"),
            stored("", "v1", "namespaces", "Namespace", false, "ns"),
            stored("", "v1", "nodes", "Node", false, "no"),
            stored("", "v1", "pods", "Pod", true, "po"),
            some("", "pods/log", "Pod", true, GET),
            stored("", "v1", "secrets", "Secret", true),
            stored("", "v1", "serviceaccounts", "ServiceAccount", true, "sa"),
            some("authentication.k8s.io", "selfsubjectreviews", "SelfSubjectReview", false, CREATE),
            some("authorization.k8s.io", "selfsubjectaccessreviews", "SelfSubjectAccessReview", false, CREATE),
            stored("user.openshift.io", "v1", "users", "User", false),
            some("project.openshift.io", "projectrequests", "ProjectRequest", false, List.of("create", "list")),
            stored("project.openshift.io", "v1", "projects", "Project", false),
            stored("route.openshift.io", "v1", "routes", "Route", true),
            stored(IMAGE, "v1", "images", "Image", false),
            some(IMAGE, "imagesignatures", "ImageSignature", false, List.of("create", "delete")),
            some(IMAGE, "imagestreamimages", "ImageStreamImage", true, GET, "isimage"),
            some(IMAGE, "imagestreamimports", "ImageStreamImport", true, CREATE),
            some(IMAGE, "imagestreammappings", "ImageStreamMapping", true, CREATE),
            stored(IMAGE, "v1", "imagestreams", "ImageStream", true, "is"),
            some(IMAGE, "imagestreams/layers", "ImageStreamLayers", true, GET),
            some(IMAGE, "imagestreams/secrets", "SecretList", true, GET),
            some(IMAGE, "imagestreams/status", "ImageStream", true, List.of("get", "patch", "update")),
            some(IMAGE, "imagestreamtags", "ImageStreamTag", true, UNWATCHED, "istag"),
            some(IMAGE, "imagetags", "ImageTag", true, UNWATCHED, "itag"),
            stored(CONFIG, "v1", "clusteroperators", "ClusterOperator", false, "co"),
            stored(CONFIG, "v1", "clusterversions", "ClusterVersion", false),
            stored(CONFIG, "v1", "consoles", "Console", false),
            stored(CONFIG, "v1", "imagedigestmirrorsets", "ImageDigestMirrorSet", false, "idms"),
            stored(CONFIG, "v1", "images", "Image", false),
            stored(CONFIG, "v1", "imagetagmirrorsets", "ImageTagMirrorSet", false, "itms"),
            stored(CONFIG, "v1", "infrastructures", "Infrastructure", false),
            stored(CONFIG, "v1", "proxies", "Proxy", false),
            stored("operator.openshift.io", "v1alpha1", "imagecontentsourcepolicies", "ImageContentSourcePolicy", false),
            stored("samples.operator.openshift.io", "v1", "configs", "Config", false));

    /** What only clusters of OpenShift Local serve here; no page of discovery names it. */
    static final List<ApiResource> LOCAL = List.of(
            stored(CONFIG, "v1", "ingresses", "Ingress", false),
            stored(CONFIG, "v1", "operatorhubs", "OperatorHub", false),
            stored("machineconfiguration.openshift.io", "v1", "machineconfigpools", "MachineConfigPool", false, "mcp"),
            stored("machineconfiguration.openshift.io", "v1", "machineconfigs", "MachineConfig", false, "mc"),
            stored("machineconfiguration.openshift.io", "v1", "kubeletconfigs", "KubeletConfig", false),
            stored("machineconfiguration.openshift.io", "v1", "containerruntimeconfigs", "ContainerRuntimeConfig", false),
            stored("operators.coreos.com", "v1alpha1", "catalogsources", "CatalogSource", true, "catsrc"));

    private Discovery() {}

    private static Map<String, List<String>> groups() {
        Map<String, List<String>> groups = new LinkedHashMap<>();
        for (String name : List.of(
                "apiregistration.k8s.io",
                "apps",
                "events.k8s.io",
                "authentication.k8s.io",
                "authorization.k8s.io",
                "autoscaling",
                "batch",
                "certificates.k8s.io",
                "networking.k8s.io",
                "policy",
                "rbac.authorization.k8s.io",
                "storage.k8s.io",
                "admissionregistration.k8s.io",
                "apiextensions.k8s.io",
                "scheduling.k8s.io",
                "coordination.k8s.io",
                "node.k8s.io",
                "discovery.k8s.io",
                "flowcontrol.apiserver.k8s.io",
                "apps.openshift.io",
                "authorization.openshift.io",
                "build.openshift.io",
                "image.openshift.io",
                "oauth.openshift.io",
                "project.openshift.io",
                "route.openshift.io",
                "template.openshift.io",
                "user.openshift.io",
                "config.openshift.io",
                "operator.openshift.io",
                "quota.openshift.io",
                "samples.operator.openshift.io",
                "security.openshift.io")) {
            groups.put(name, List.of("v1"));
        }
        groups.put("autoscaling", List.of("v2", "v1"));
        groups.put("operator.openshift.io", List.of("v1alpha1"));
        return groups;
    }

    private static ApiResource stored(
            String group, String version, String name, String kind, boolean namespaced, String... shortNames) {
        return new ApiResource(group, version, name, kind, namespaced, ApiResource.STORED, List.of(shortNames));
    }

    private static ApiResource some(
            String group, String name, String kind, boolean namespaced, List<String> verbs, String... shortNames) {
        return new ApiResource(group, "v1", name, kind, namespaced, verbs, List.of(shortNames));
    }

    /** The resource at a path, where its group has the version that the path names. */
    static Optional<ApiResource> resource(String path, ResourcePath parsed) {
        return Stream.concat(RESOURCES.stream(), LOCAL.stream())
                .filter(resource -> resource.group().equals(parsed.group())
                        && resource.name().equals(parsed.resource()))
                .filter(resource -> path.startsWith((resource.group().isEmpty() ? "/api/" : "/apis/")
                        + resource.groupVersion() + "/"))
                .findFirst();
    }

    /** What one of the addresses tells; empty where there is no such address. */
    static Optional<ObjectNode> page(String path) {
        String plain = path.length() > 1 && path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
        if ("/api".equals(plain)) {
            ObjectNode versions = Json.object().put("kind", "APIVersions");
            Json.children(versions, "versions").add("v1");
            return Optional.of(versions);
        }
        if ("/apis".equals(plain)) {
            ObjectNode list = Json.object().put("kind", "APIGroupList").put("apiVersion", "v1");
            GROUPS.keySet().forEach(name -> Json.children(list, "groups").add(group(name)));
            return Optional.of(list);
        }
        if ("/api/v1".equals(plain)) {
            return Optional.of(resources("v1"));
        }
        String[] parts = plain.split("/");
        if (parts.length < 3 || !"apis".equals(parts[1]) || !GROUPS.containsKey(parts[2])) {
            return Optional.empty();
        }
        if (parts.length == 3) {
            ObjectNode alone = Json.object().put("kind", "APIGroup").put("apiVersion", "v1");
            alone.setAll(group(parts[2]));
            return Optional.of(alone);
        }
        return parts.length == 4 && GROUPS.get(parts[2]).contains(parts[3])
                ? Optional.of(resources(parts[2] + "/" + parts[3]))
                : Optional.empty();
    }

    private static ObjectNode group(String name) {
        ObjectNode group = Json.object().put("name", name);
        for (String version : GROUPS.getOrDefault(name, List.of())) {
            Json.children(group, "versions").add(version(name, version));
        }
        group.set("preferredVersion", group.path("versions").path(0));
        return group;
    }

    private static ObjectNode version(String group, String version) {
        return Json.object().put("groupVersion", group + "/" + version).put("version", version);
    }

    private static ObjectNode resources(String groupVersion) {
        ObjectNode list = Json.object()
                .put("kind", "APIResourceList")
                .put("apiVersion", "v1")
                .put("groupVersion", groupVersion);
        list.putArray("resources");
        RESOURCES.stream()
                .filter(resource -> resource.groupVersion().equals(groupVersion))
                .forEach(resource -> Json.children(list, "resources").add(resource.discovered()));
        return list;
    }
}
