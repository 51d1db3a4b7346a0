package io.github.cdkmaven.sim.oc;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.cdkmaven.sim.minishift.Call;
import io.github.cdkmaven.sim.minishift.ExitException;
import io.github.cdkmaven.sim.minishift.JsonFile;
import io.github.cdkmaven.sim.minishift.KubeconfigFile;
import io.github.cdkmaven.sim.minishift.HttpClients;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/** {@code oc login}: a token for a user, and the entries for it in the kubeconfig. */
final class OcLogin {

    private static final String AUTHORIZE =
            "/oauth/authorize?client_id=openshift-challenging-client&response_type=token";

    private final OcSession session;
    private final Call call;
    private final KubeconfigFile kubeconfig;
    private final String server;
    private final String cluster;

    private OcLogin(OcSession session) {
        this.session = session;
        this.call = session.call();
        this.kubeconfig = session.kubeconfig();
        this.server = server(session);
        URI uri = URI.create(server);
        this.cluster = uri.getHost().replace('.', '-') + ":" + uri.getPort();
    }

    private static String server(OcSession session) {
        List<String> words = session.flags().words();
        String given = words.size() > 1 ? words.get(1) : session.server();
        if (given.isEmpty()) {
            throw ExitException.failure("error: A server URL must be specified");
        }
        return given.contains("://") ? given : "https://" + given;
    }

    static void run(OcSession session) {
        new OcLogin(session).run();
    }

    private void run() {
        String user = session.flags().text("username").orElse("");
        if (user.equals("system:admin")
                && kubeconfig.find("users", "system:admin/" + cluster).isPresent()) {
            kubeconfig.use("default/" + cluster + "/system:admin");
            kubeconfig.write(Oc.kubeconfigFile(call), "rw-------");
            call.println("Logged into \"" + server + "\" as \"system:admin\" using existing credentials.\n");
            return;
        }
        String token = session.flags().text("token").orElseGet(() -> token(user));
        String name = session.flags().has("token") ? nameOf(token) : user;
        List<String> projects = projects(token);
        store(name, token, projects.isEmpty() ? "" : projects.get(0));
        call.println("Login successful.\n");
        tell(projects);
    }

    private boolean isUnchecked() {
        return session.flags().isOn("insecure-skip-tls-verify")
                || known().path("insecure-skip-tls-verify").asBoolean(false);
    }

    private JsonNode known() {
        return kubeconfig.find("clusters", cluster).orElse(JsonFile.object());
    }

    private byte[] authority() {
        Optional<String> file = session.flags().text("certificate-authority");
        if (file.isEmpty()) {
            return OcSession.bytes(known(), "certificate-authority-data");
        }
        try {
            return Files.readAllBytes(Path.of(file.get()));
        } catch (IOException e) {
            throw ExitException.failure("error: " + e.getMessage());
        }
    }

    private HttpClient client() {
        return isUnchecked() ? HttpClients.trustingEverybody() : HttpClients.trusting(authority());
    }

    private String token(String user) {
        Optional<String> password = session.flags().text("password");
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(server + AUTHORIZE));
        String credentials = user + ":" + password.orElse("");
        request.header("X-CSRF-Token", "1")
                .header(
                        "Authorization",
                        "Basic " + Base64.getEncoder().encodeToString(credentials.getBytes(StandardCharsets.UTF_8)));
        HttpResponse<String> response = OcSession.exchange(client(), request.build(), session.release());
        if (password.isEmpty()) {
            call.println("Authentication required for " + server + " (openshift)");
            call.println("Username: " + user);
            call.print("Password: ");
        }
        String location = response.headers().firstValue("Location").orElse("");
        if (response.statusCode() != 302 || !location.contains("access_token=")) {
            call.println("Login failed (" + response.statusCode() + " Unauthorized)");
            call.println("Verify you have provided correct credentials.");
            throw ExitException.silent(1);
        }
        return location.replaceFirst(".*access_token=", "").replaceFirst("&.*", "");
    }

    private JsonNode get(String path, String token) {
        HttpRequest request = HttpRequest.newBuilder(URI.create(server + path))
                .header("Accept", "application/json")
                .header("Authorization", "Bearer " + token)
                .build();
        HttpResponse<String> response = OcSession.exchange(client(), request, session.release());
        if (response.statusCode() == 401) {
            throw ExitException.failure("error: The token provided is invalid or expired.\n");
        }
        return OcSession.parse(response.body());
    }

    private String nameOf(String token) {
        return get("/apis/user.openshift.io/v1/users/~", token)
                .path("metadata")
                .path("name")
                .asText();
    }

    private List<String> projects(String token) {
        List<String> names = new ArrayList<>();
        get("/apis/project.openshift.io/v1/projects", token)
                .path("items")
                .forEach(project ->
                        names.add(project.path("metadata").path("name").asText()));
        return names;
    }

    private void store(String user, String token, String project) {
        ObjectNode entry = JsonFile.object();
        if (isUnchecked()) {
            entry.put("insecure-skip-tls-verify", true);
        } else {
            entry.put("certificate-authority-data", Base64.getEncoder().encodeToString(authority()));
        }
        kubeconfig.put("clusters", cluster, entry.put("server", server));
        kubeconfig.put("users", user + "/" + cluster, JsonFile.object().put("token", token));
        ObjectNode context = JsonFile.object().put("cluster", cluster);
        if (!project.isEmpty()) {
            context.put("namespace", project);
        }
        String name = project + "/" + cluster + "/" + user;
        kubeconfig.put("contexts", name, context.put("user", user + "/" + cluster));
        kubeconfig.use(name);
        kubeconfig.write(Oc.kubeconfigFile(call), "rw-------");
    }

    private void tell(List<String> projects) {
        if (projects.isEmpty()) {
            call.println("You don't have any projects. You can try to create a new project, by running\n\n"
                    + "    oc new-project <projectname>\n");
            return;
        }
        if (projects.size() == 1) {
            call.println("You have one project on this server: \"" + projects.get(0) + "\"\n");
        } else {
            call.println("You have access to the following projects and can switch between them with"
                    + " 'oc project <projectname>':\n");
            projects.forEach(name -> call.println((name.equals(projects.get(0)) ? "  * " : "    ") + name));
            call.println("");
        }
        call.println("Using project \"" + projects.get(0) + "\".");
    }
}
