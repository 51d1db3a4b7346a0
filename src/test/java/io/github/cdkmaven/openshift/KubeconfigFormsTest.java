package io.github.cdkmaven.openshift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.cdkmaven.Cases;
import io.github.cdkmaven.openshift.kubeconfig.ClusterAccess;
import io.github.cdkmaven.openshift.kubeconfig.Kubeconfig;
import io.github.cdkmaven.problem.ProblemException;
import io.github.cdkmaven.process.CommandRunner;
import io.github.cdkmaven.process.Secrets;
import io.github.cdkmaven.sim.ConnectProxy;
import io.github.cdkmaven.sim.cluster.Caller;
import io.github.cdkmaven.sim.cluster.Caller.Credential;
import io.github.cdkmaven.sim.cluster.ClientCertificate;
import io.github.cdkmaven.sim.cluster.JournalEntry;
import io.github.cdkmaven.sim.cluster.SimulatedCluster;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import javax.net.ssl.SSLException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("By a kubeconfig, a call arrives")
class KubeconfigFormsTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final String WHO = "/apis/user.openshift.io/v1/users/~";
    private static final String NAME = "api.ocp.corp.example";
    private static final String UNDERSCORE = "api_corp";

    private static SimulatedCluster plain;
    private static SimulatedCluster named; // the certificate is for one name, and the API stands below a path

    @TempDir
    Path folder;

    private Path file;

    @BeforeAll
    static void start() {
        plain = SimulatedCluster.builder().openshift("4.19.3").start();
        named = SimulatedCluster.builder()
                .openshift("4.19.3")
                .serverNames(NAME)
                .pathPrefix("/k8s/clusters/c-1")
                .start();
    }

    @AfterAll
    static void stop() {
        plain.close();
        named.close();
    }

    @BeforeEach
    void name() {
        file = folder.resolve("config");
    }

    @Test
    @DisplayName("with its token")
    void token() throws Exception {
        Caller caller = call(plain, "token: " + plain.token("jane"));

        assertThat(caller.user()).isEqualTo("jane");
        assertThat(caller.credential()).isEqualTo(Credential.TOKEN);
    }

    @Test
    @DisplayName("with the token that its token file holds just then, beside the kubeconfig")
    void tokenFile() throws Exception {
        Files.writeString(folder.resolve("token"), plain.token("jane") + "\n");
        ClusterAccess access = access(plain, "tokenFile: token");
        OpenShiftApi api = new OpenShiftApi(access);

        assertThat(api.get(WHO, LIMIT).body().at("/metadata/name").asText()).isEqualTo("jane");
        Files.writeString(folder.resolve("token"), plain.token("joe") + "\n");
        assertThat(api.get(WHO, LIMIT).body().at("/metadata/name").asText()).isEqualTo("joe");

        Files.delete(folder.resolve("token"));
        assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(() -> api.get(WHO, LIMIT))
                .withMessageContaining("The token file " + folder.resolve("token"))
                .satisfies(e -> assertThat(e.problem().fix()).contains("oc login"));
    }

    @ParameterizedTest(name = "{0}")
    @DisplayName("with its client certificate, whatever the form of the key")
    @EnumSource(ClientCertificate.KeyForm.class)
    void certificate(ClientCertificate.KeyForm form) throws Exception {
        ClientCertificate certificate = plain.certificate("jane", List.of("dev"), form);

        Caller caller = call(
                plain,
                "client-certificate-data: " + base64(certificate.certificate()) + "\n    client-key-data: "
                        + base64(certificate.key()));

        assertThat(caller.user()).isEqualTo("jane");
        assertThat(caller.groups()).contains("dev");
        assertThat(caller.credential()).isEqualTo(Credential.CERTIFICATE);
    }

    @Test
    @DisplayName("with the certificate and key that are files beside it")
    void certificateFiles() throws Exception {
        ClientCertificate certificate = plain.certificate("jane", List.of(), ClientCertificate.KeyForm.SEC1);
        Files.createDirectory(folder.resolve("pki"));
        Files.writeString(folder.resolve("pki/me.crt"), certificate.certificate());
        Files.writeString(folder.resolve("pki/me.key"), certificate.key());

        assertThat(call(plain, "client-certificate: pki/me.crt\n    client-key: ./pki/me.key")
                        .user())
                .isEqualTo("jane");
    }

    @Test
    @DisplayName("in the name of another user with groups")
    void impersonation() throws Exception {
        Caller caller = call(plain, "token: " + plain.token("kube:admin") + "\n    as: joe\n    as-groups: [ops, dev]");

        assertThat(caller.user()).isEqualTo("joe");
        assertThat(caller.groups()).contains("ops", "dev");
        assertThat(caller.impersonator()).isEqualTo("kube:admin");
    }

    @ParameterizedTest(name = "\"{0}\"")
    @DisplayName("below the path of its server")
    @ValueSource(strings = {"", "/"})
    void path(String end) throws Exception {
        String text =
                text(named.url() + end, named.caPem(), "tls-server-name: " + NAME, "token: " + named.token("jane"));

        assertThat(callOf(named, text).prefix()).isEqualTo("/k8s/clusters/c-1");
    }

    @Test
    @DisplayName("at a server that is asked for by its tls-server-name, and that has to prove it")
    void tlsServerName() throws Exception {
        String user = "token: " + named.token("jane");
        String address = named.url().toString();

        assertThat(callOf(named, text(address, named.caPem(), "tls-server-name: " + NAME, user))
                        .serverName())
                .isEqualTo(NAME);
        String byName = address.replace("127.0.0.1", "localhost");
        assertThat(callOf(named, text(byName, named.caPem(), "tls-server-name: " + NAME, user))
                        .serverName())
                .isEqualTo(NAME);
        String other = "tls-server-name: other.corp.example";
        assertThatExceptionOfType(SSLException.class)
                .isThrownBy(() -> callOf(named, text(address, named.caPem(), other, user)));
        assertThatExceptionOfType(SSLException.class)
                .isThrownBy(() -> callOf(named, text(address, plain.caPem(), "tls-server-name: " + NAME, user)));
        String anything = other + "\n    insecure-skip-tls-verify: true";
        assertThat(callOf(named, text(address, plain.caPem(), anything, user)).serverName())
                .isEqualTo("other.corp.example");
    }

    @Test
    @DisplayName("at a host whose name has an underscore, which Java's own client takes for none")
    void underscore() throws Exception {
        String text = text(
                named.url().toString().replace("127.0.0.1", UNDERSCORE),
                named.caPem(),
                "tls-server-name: " + NAME,
                "token: " + named.token("jane"));
        ClusterAccess access = Kubeconfig.parse(text, file);

        new OpenShiftApi(access, KubeconfigFormsTest::underscoreAddress).get(WHO, LIMIT);

        assertThat(last(named).caller().user()).isEqualTo("jane");
        assertThat(last(named).caller().prefix()).isEqualTo("/k8s/clusters/c-1");
        assertThat(access.toString()).contains("https://api_corp:");
        assertThat(access.cluster().host()).isEqualTo(UNDERSCORE);
    }

    /** Java's servers refuse such a name, Go's and nginx take it. */
    @Test
    @DisplayName("that asks the server for the name with the underscore")
    void underscoreAsked() throws Exception {
        try (ServerSocket door = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            CompletableFuture<String> hello = CompletableFuture.supplyAsync(() -> {
                try (Socket client = door.accept()) {
                    return new String(client.getInputStream().readNBytes(300), StandardCharsets.ISO_8859_1);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
            ClusterAccess access = Kubeconfig.parse(
                    text(
                            "https://" + UNDERSCORE + ":" + door.getLocalPort(),
                            named.caPem(),
                            "extensions: []",
                            "token: t"),
                    file);

            assertThatExceptionOfType(IOException.class)
                    .isThrownBy(() -> new OpenShiftApi(access, KubeconfigFormsTest::underscoreAddress).get(WHO, LIMIT));

            assertThat(hello.get()).contains(UNDERSCORE);
        }
    }

    private static InetAddress underscoreAddress(String host) throws UnknownHostException {
        assertThat(host).isEqualTo(UNDERSCORE);
        return InetAddress.getByName("127.0.0.1");
    }

    @Test
    @DisplayName("through its proxy")
    void proxy() throws Exception {
        try (ConnectProxy proxy = ConnectProxy.start(
                Map.of(NAME + ":6443", "127.0.0.1:" + named.url().getPort()))) {
            Caller caller = callOf(
                    named,
                    text(
                            "https://" + NAME + ":6443/k8s/clusters/c-1",
                            named.caPem(),
                            "proxy-url: " + proxy.url(),
                            "token: " + named.token("jane")));

            assertThat(caller.serverName()).isEqualTo(NAME);
            assertThat(proxy.tunnels()).containsExactly(NAME + ":6443");
        }
    }

    @Test
    @DisplayName("of several files as kubectl merges them: the first that has an entry wins")
    void severalFiles() throws Exception {
        Path other = Files.createDirectory(folder.resolve("other")).resolve("config");
        Files.writeString(other.resolveSibling("token"), plain.token("joe"));
        Files.writeString(
                file,
                "users:\n- name: jane\n  user:\n    token: " + plain.token("jane")
                        + "\ncurrent-context: mine\ncontexts:\n- name: mine\n  context: {cluster: c, user: jane}\n");
        String second = text(plain.url().toString(), plain.caPem(), "extensions: []", "tokenFile: token");
        Files.writeString(other, second + "- name: jane\n  user:\n    token: hidden\n");
        String files = String.join(File.pathSeparator, file.toString(), "", folder + "/gone", other.toString());

        assertThat(caller(plain, read(files, Optional.empty())).user()).isEqualTo("jane");
        assertThat(caller(plain, read(files, Optional.of("ctx"))).user()).isEqualTo("joe");
    }

    @Test
    @DisplayName("with anchors, merge keys and a byte order mark")
    void anchors() throws Exception {
        String text = "\ufeffx-cluster: &api\n  certificate-authority-data: " + base64(plain.caPem())
                + "\n  server: https://wrong\nclusters:\n- name: c\n  cluster:\n    <<: *api\n    server: \""
                + plain.url()
                + "\"\nusers:\n- name: &me u\n  user: {token: '" + plain.token("jane")
                + "'}\ncontexts:\n- name: ctx\n  context: {cluster: c, user: *me}\ncurrent-context: ctx\n";

        assertThat(callOf(plain, text).user()).isEqualTo("jane");
    }

    @Test
    @DisplayName("with what its plug-in prints, which is told the cluster and run once")
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "the plug-in is a script of sh")
    void plugin() throws Exception {
        script("echo run >> runs; echo \"$KUBERNETES_EXEC_INFO\" > info; echo \"$1 $EXTRA\" > words; " + "cat answer");
        answer("v1", "\"token\": \"" + plain.token("jane") + "\"");
        ClusterAccess access = access(
                plain,
                exec("v1")
                        + "      args: [get]\n      env: [{name: EXTRA, value: more}]\n      provideClusterInfo: true\n");
        OpenShiftApi api = new OpenShiftApi(access);

        assertThat(folder.resolve("runs"))
                .as("no program runs before the first call")
                .doesNotExist();
        api.get(WHO, LIMIT);
        api.get(WHO, LIMIT);

        assertThat(last(plain).caller().user()).isEqualTo("jane");
        assertThat(folder.resolve("runs")).hasContent("run");
        assertThat(folder.resolve("words")).hasContent("get more");
        JsonNode info = JSON.readTree(folder.resolve("info").toFile());
        assertThat(info.path("apiVersion").asText()).isEqualTo("client.authentication.k8s.io/v1");
        assertThat(info.at("/spec/interactive").asBoolean(true)).isFalse();
        assertThat(info.at("/spec/cluster/server").asText())
                .isEqualTo(plain.url().toString());
        assertThat(Kubeconfig.toText(access, "myproject"))
                .contains(folder.resolve("login").toString())
                .doesNotContain(plain.token("jane"));
    }

    @Test
    @DisplayName("with the certificate that its plug-in prints")
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "the plug-in is a script of sh")
    void pluginWithCertificate() throws Exception {
        ClientCertificate certificate = plain.certificate("jane", List.of(), ClientCertificate.KeyForm.SEC1);
        script("cat answer");
        answer(
                "v1beta1",
                "\"clientCertificateData\": " + quoted(certificate.certificate()) + ", \"clientKeyData\": "
                        + quoted(certificate.key()));

        Caller caller = call(plain, exec("v1beta1"));

        assertThat(caller.user()).isEqualTo("jane");
        assertThat(caller.credential()).isEqualTo(Credential.CERTIFICATE);
    }

    @Test
    @DisplayName("with what its plug-in prints anew when the first was refused or has expired")
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "the plug-in is a script of sh")
    void pluginAnew() throws Exception {
        script("cat answer; cp next answer");
        answer("v1", "\"token\": \"refused\"");
        answer(
                "v1",
                "\"token\": \"" + plain.token("jane") + "\", \"expirationTimestamp\": \"2020-01-01T00:00:00Z\"",
                "next");
        OpenShiftApi api = new OpenShiftApi(access(plain, exec("v1")));

        assertThat(api.get(WHO, LIMIT).status()).isEqualTo(200);
        answer("v1", "\"token\": \"" + plain.token("joe") + "\"");
        assertThat(api.get(WHO, LIMIT).body().at("/metadata/name").asText()).isEqualTo("joe");
    }

    @ParameterizedTest(name = "{0}")
    @DisplayName("never where its plug-in fails, which is told without what it printed")
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "the plug-in is a script of sh")
    @CsvSource(
            delimiter = '|',
            value = {
                "echo CANARY; echo token: CANARY >&2; echo session expired >&2; exit 3 | exited 3",
                "echo CANARY | did not print JSON",
                "echo '{\"kind\": \"CANARY\"}' | did not print an ExecCredential",
                "printf '{\"kind\": \"ExecCredential\", \"apiVersion\": \"client.authentication.k8s.io/v1\", \"status\": {}}'"
                        + " | returned neither a token nor a certificate with its key",
                "printf '{\"kind\": \"ExecCredential\", \"apiVersion\": \"client.authentication.k8s.io/v1\", \"status\":"
                        + " {\"token\": \"CANARY\\\\nx\"}}' | returned a token with a line break",
            })
    void pluginFails(String script, String words) throws Exception {
        script(script);

        ProblemException problem = catchThrowableOfType(ProblemException.class, () -> call(plain, exec("v1")));

        assertThat(problem)
                .hasMessageContaining("The plug-in 'login' that the kubeconfig " + file + " logs in with " + words);
        assertThat(problem.toString()).doesNotContain("CANARY");
        assertThat(problem.problem().fix()).contains("oc login");
    }

    @Test
    @DisplayName("never where its plug-in is not there, which is told with how to get it")
    void pluginIsMissing() {
        ProblemException problem = catchThrowableOfType(
                ProblemException.class,
                () -> call(
                        plain,
                        exec("v1").replace("./login", "no-such-login")
                                + "      installHint: Ask the platform team.\n"));

        assertThat(problem).hasMessageContaining("could not be run");
        assertThat(problem.problem().evidence()).contains("Ask the platform team.");
    }

    @Test
    @DisplayName("with the next token of its token file when the server refuses the one that was replaced meanwhile")
    void tokenFileReplaced() throws Exception {
        Path token = Files.writeString(folder.resolve("token"), "sha256~expired");
        String text = text(
                named.url().toString().replace("127.0.0.1", UNDERSCORE),
                named.caPem(),
                "tls-server-name: " + NAME,
                "tokenFile: token");
        OpenShiftApi api = new OpenShiftApi(Kubeconfig.parse(text, file), host -> {
            try {
                // The address is looked up when the token was read already.
                Files.writeString(token, named.token("jane"));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            return underscoreAddress(host);
        });
        int before = named.state().requests().size();

        assertThat(api.get(WHO, LIMIT).body().at("/metadata/name").asText()).isEqualTo("jane");

        assertThat(named.state().requests().stream().skip(before))
                .extracting(JournalEntry::status)
                .containsExactly(401, 200);
    }

    @ParameterizedTest(name = "{0}")
    @DisplayName(
            "by those of the cases that are to be usable, with the simulated API's address, CA and token in place of their own")
    @CsvSource({
        "kc-path.json, /k8s/clusters/c-abc12, 127.0.0.1",
        "kc-tokenfile.json, '', 127.0.0.1",
        "kc-exec.json, '', 127.0.0.1",
        "kc-underscore.json, '', api_corp",
    })
    @EnabledIf("io.github.cdkmaven.Cases#present")
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "the plug-in is a script of sh")
    void casesInUse(String name, String path, String host) throws Exception {
        try (SimulatedCluster cluster = SimulatedCluster.builder()
                .openshift("4.19.3")
                .serverNames(NAME)
                .pathPrefix(path)
                .start()) {
            String token = cluster.token("jane");
            ObjectNode config = (ObjectNode) JSON.readTree(Cases.read("kubeconfig/" + name));
            ((ObjectNode) config.at("/clusters/0/cluster"))
                    .put("server", "https://" + host + ":" + cluster.url().getPort() + path)
                    .put("certificate-authority-data", base64(cluster.caPem()))
                    .put("tls-server-name", NAME);
            ObjectNode user = (ObjectNode) config.at("/users/0/user");
            if (user.has("token")) {
                user.put("token", token);
            } else if (user.has("tokenFile")) {
                user.put(
                        "tokenFile",
                        Files.writeString(folder.resolve("token"), token).toString());
            }
            script("cat answer");
            Files.move(folder.resolve("login"), folder.resolve("tkn"));
            answer("v1beta1", "\"token\": \"" + token + "\"");
            Files.writeString(file, config.toString());
            String programs = folder + File.pathSeparator + System.getenv("PATH");
            ClusterAccess access = Kubeconfig.read(
                    file.toString(), Optional.empty(), new CommandRunner(Secrets.NONE), Map.of("PATH", programs));

            new OpenShiftApi(access, any -> InetAddress.getByName("127.0.0.1")).get(WHO, LIMIT);

            assertThat(last(cluster).status()).isEqualTo(200);
            assertThat(last(cluster).caller().user()).isEqualTo("jane");
            assertThat(last(cluster).caller().prefix()).isEqualTo(path);
            assertThat(last(cluster).caller().serverName()).isEqualTo(NAME);
        }
    }

    @ParameterizedTest(name = "{0}")
    @DisplayName("or is refused, as those that the cases hold")
    @CsvSource(
            delimiter = '|',
            value = {
                "kc-path.json | /k8s/clusters/c-abc12",
                "kc-tokenfile.json | /run/secrets/token",
                "kc-underscore.json | api_corp",
                "kc-exec.json | could not be run",
                "kc-basic.json | a login by user name and password",
                "kc-nohttps.json | its server must be an https URL",
            })
    @EnabledIf("io.github.cdkmaven.Cases#present")
    void cases(String name, String words) throws IOException {
        String told;
        try {
            OpenShiftApi api = new OpenShiftApi(
                    Kubeconfig.parse(Cases.read("kubeconfig/" + name), file),
                    host -> InetAddress.getByName("127.0.0.1"));
            try {
                told = api.access() + " " + api.get(WHO, LIMIT).status();
            } catch (IOException e) {
                told = api.access() + " " + e; // nothing listens there
            }
        } catch (ProblemException e) {
            told = e.getMessage();
        }
        assertThat(told).contains(words);
    }

    private static ClusterAccess read(String files, Optional<String> context) {
        return Kubeconfig.read(files, context, new CommandRunner(Secrets.NONE), System.getenv());
    }

    private ClusterAccess access(SimulatedCluster cluster, String user) throws IOException {
        Files.writeString(file, text(cluster.url().toString(), cluster.caPem(), "disable-compression: true", user));
        return read(file.toString(), Optional.empty());
    }

    private Caller call(SimulatedCluster cluster, String user) throws IOException {
        return caller(cluster, access(cluster, user));
    }

    private Caller callOf(SimulatedCluster cluster, String text) throws IOException {
        Files.writeString(file, text);
        return caller(cluster, read(file.toString(), Optional.empty()));
    }

    private static Caller caller(SimulatedCluster cluster, ClusterAccess access) throws IOException {
        new OpenShiftApi(access).get(WHO, LIMIT);
        return last(cluster).caller();
    }

    private static JournalEntry last(SimulatedCluster cluster) {
        List<JournalEntry> requests = cluster.state().requests();
        return requests.get(requests.size() - 1);
    }

    private static String text(String server, String authority, String cluster, String user) {
        return """
                apiVersion: v1
                kind: Config
                current-context: ctx
                contexts:
                - name: ctx
                  context: {cluster: c, user: u}
                clusters:
                - name: c
                  cluster:
                    server: %s
                    %s
                    %s
                users:
                - name: u
                  user:
                    %s
                """.formatted(
                        server,
                        cluster.contains("insecure") ? "" : "certificate-authority-data: " + base64(authority),
                        cluster,
                        user);
    }

    private static String exec(String version) {
        return "exec:\n      apiVersion: client.authentication.k8s.io/" + version
                + "\n      command: ./login\n      interactiveMode: IfAvailable\n";
    }

    private void script(String text) throws IOException {
        Path script = Files.writeString(folder.resolve("login"), "#!/bin/sh\ncd \"$(dirname \"$0\")\"\n" + text + "\n");
        assertThat(script.toFile().setExecutable(true)).isTrue();
    }

    private void answer(String version, String status) throws IOException {
        answer(version, status, "answer");
    }

    private void answer(String version, String status, String name) throws IOException {
        Files.writeString(
                folder.resolve(name),
                "{\"kind\": \"ExecCredential\", \"apiVersion\": \"client.authentication.k8s.io/" + version
                        + "\", \"status\": {" + status + "}}");
    }

    private static String quoted(String text) {
        return JSON.getNodeFactory().textNode(text).toString();
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
