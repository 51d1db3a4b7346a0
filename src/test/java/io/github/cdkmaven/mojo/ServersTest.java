package io.github.cdkmaven.mojo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.cdkmaven.problem.ProblemException;
import io.github.cdkmaven.registry.Credentials;
import java.util.List;
import java.util.Optional;
import org.apache.maven.settings.Proxy;
import org.apache.maven.settings.Server;
import org.apache.maven.settings.Settings;
import org.apache.maven.settings.building.DefaultSettingsProblem;
import org.apache.maven.settings.building.SettingsProblem;
import org.apache.maven.settings.crypto.SettingsDecrypter;
import org.apache.maven.settings.crypto.SettingsDecryptionRequest;
import org.apache.maven.settings.crypto.SettingsDecryptionResult;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("User and password from settings.xml")
class ServersTest {

    private static final String HOST = "registry.corp.example:5000";
    /** Encrypted by its form: 48 bytes. */
    private static final String CANARY = "{Y2FuYXJ5LWNhbmFyeS1jYW5hcnktY2FuYXJ5LWNhbmFyeS1jYW5hcnkt}";

    private final Settings settings = new Settings();

    @Test
    @DisplayName("are those of the server that is named, else of the one that is called like the host, else nobody's")
    void areFoundById() {
        settings.addServer(server("corp", "jane", "one"));
        settings.addServer(server(HOST, "joe", "two"));

        assertThat(find(Optional.of("corp"), HOST)).contains(new Credentials("jane", "one", Optional.of("corp")));
        assertThat(find(Optional.empty(), HOST)).contains(new Credentials("joe", "two", Optional.of(HOST)));
        assertThat(find(Optional.empty(), "registry.corp.example")).isEmpty();
    }

    @Test
    @DisplayName("have to be there where a server is named")
    void haveToBeThere() {
        assertThat(failure(Optional.of("crop")))
                .contains("Parameter 'registryServerId' is 'crop', but settings.xml has no <server> with that id.")
                .contains("<id>crop</id>", "-Dcdk.registryServerId");
    }

    @Test
    @DisplayName("have to be both there")
    void areBoth() {
        settings.addServer(server("no-user", null, CANARY));
        settings.addServer(server("no-password", "jane", ""));

        assertThat(failure(Optional.of("no-user")))
                .contains("<server> 'no-user' in settings.xml has no <username>.")
                .doesNotContain(CANARY);
        assertThat(failure(Optional.of("no-password")))
                .contains("<server> 'no-password' in settings.xml has no <password>.");
    }

    @Test
    @DisplayName(
            "have no line break, which neither a header nor a program's environment can carry; they are not quoted")
    void haveNoLineBreak() {
        settings.addServer(server("two-lines", "jane", CANARY + "\n" + CANARY));
        settings.addServer(server("escape", "jane\u001b[31m", CANARY));

        assertThat(failure(Optional.of("two-lines")))
                .contains("<server> 'two-lines'", "line break")
                .doesNotContain(CANARY);
        assertThat(failure(Optional.of("escape"))).contains("control character").doesNotContain(CANARY);
    }

    @Test
    @DisplayName(
            "are not used encrypted: what Maven cannot decrypt is told by server, with Maven's reason and without the text")
    void areDecrypted() {
        settings.addServer(server("corp", "jane", CANARY));

        ProblemException problem = catchThrowableOfType(
                ProblemException.class, () -> new Servers(settings, decrypter(SettingsProblem.Severity.ERROR))
                        .find("registryServerId", Optional.of("corp"), HOST));

        assertThat(String.join("\n", problem.problem().toLines()))
                .contains("The password of <server> 'corp' in settings.xml could not be decrypted.")
                .contains("the master password is another")
                .contains("settings-security.xml")
                .doesNotContain(CANARY);
    }

    @ParameterizedTest
    @ValueSource(strings = {"p{ass}word", "{ass}", "a{b}c{d}", "100% {sure}"})
    @DisplayName("are plain where braces hold nothing that Maven can have encrypted")
    void arePlainInSpiteOfBraces(String password) {
        settings.addServer(server("corp", "jane", password));

        assertThat(new Servers(settings, decrypter(SettingsProblem.Severity.ERROR))
                        .find("registryServerId", Optional.of("corp"), HOST))
                .contains(new Credentials("jane", password, Optional.of("corp")));
    }

    @Test
    @DisplayName("are encrypted where Maven 4 says with what")
    void areEncryptedByMaven4() {
        settings.addServer(server("corp", "jane", "{[name=master,cipher=AES/GCM/NoPadding,version=4.0]canary}"));

        assertThat(catchThrowableOfType(
                        ProblemException.class, () -> new Servers(settings, decrypter(SettingsProblem.Severity.ERROR))
                                .find("registryServerId", Optional.of("corp"), HOST)))
                .hasMessageContaining("could not be decrypted");
    }

    @ParameterizedTest
    @CsvSource({
        "${env.REGISTRY_PASSWORD}, the environment variable REGISTRY_PASSWORD is not set",
        "x${env.REGISTRY_PASSWORD}, the environment variable REGISTRY_PASSWORD is not set",
        "${corp.password}, the property corp.password is not set"
    })
    @DisplayName("are refused where they name a variable that is not set")
    void areSet(String password, String words) {
        settings.addServer(server("corp", "jane", password));
        settings.addServer(server("user", password, "one"));

        assertThat(failure(Optional.of("corp"))).contains("The password of <server> 'corp'", words);
        assertThat(failure(Optional.of("user"))).contains("The user of <server> 'user'", words);
    }

    @Test
    @DisplayName("are used in spite of a warning")
    void areUsedInSpiteOfAWarning() {
        settings.addServer(server("corp", "jane", "one"));

        assertThat(new Servers(settings, decrypter(SettingsProblem.Severity.WARNING))
                        .find("registryServerId", Optional.of("corp"), HOST))
                .contains(new Credentials("jane", "one", Optional.of("corp")));
    }

    @Test
    @DisplayName("of a proxy are treated just so")
    void ofAProxy() {
        Proxy proxy = new Proxy();
        proxy.setId("corp-proxy");
        proxy.setProtocol("http");
        proxy.setHost("proxy.corp.example");
        proxy.setUsername("jane");
        proxy.setPassword(CANARY);
        settings.addProxy(proxy);

        ProblemException problem = catchThrowableOfType(
                ProblemException.class,
                () -> new SettingsProxies(settings, decrypter(SettingsProblem.Severity.FATAL)).read());

        assertThat(String.join("\n", problem.problem().toLines()))
                .contains("The password of <proxy> 'corp-proxy' in settings.xml could not be decrypted.")
                .doesNotContain(CANARY);
    }

    @ParameterizedTest
    @ValueSource(strings = {"socks5", "SOCKS"})
    @DisplayName("of a proxy are not used where it speaks no HTTP")
    void ofASocksProxy(String protocol) {
        Proxy proxy = new Proxy();
        proxy.setId("socks");
        proxy.setProtocol(protocol);
        proxy.setHost("socks.corp.example");
        settings.addProxy(proxy);

        ProblemException problem =
                catchThrowableOfType(ProblemException.class, () -> new SettingsProxies(settings, decrypter()).read());

        assertThat(problem).hasMessageContaining("speaks " + protocol).hasMessageContaining("HTTP proxy");
    }

    private Optional<Credentials> find(Optional<String> id, String host) {
        return new Servers(settings, decrypter()).find("registryServerId", id, host);
    }

    private String failure(Optional<String> id) {
        return String.join(
                "\n",
                catchThrowableOfType(ProblemException.class, () -> find(id, HOST))
                        .problem()
                        .toLines());
    }

    /** Decrypts nothing, and finds as many problems as there are severities. */
    private static SettingsDecrypter decrypter(SettingsProblem.Severity... problems) {
        return request -> new Decrypted(
                request,
                List.of(problems).stream()
                        .map(severity -> (SettingsProblem) new DefaultSettingsProblem(
                                "the master password is another", severity, "settings.xml", -1, -1, null))
                        .toList());
    }

    private record Decrypted(SettingsDecryptionRequest request, List<SettingsProblem> problems)
            implements SettingsDecryptionResult {

        @Override
        public Server getServer() {
            return request.getServers().get(0);
        }

        @Override
        public List<Server> getServers() {
            return request.getServers();
        }

        @Override
        public Proxy getProxy() {
            return request.getProxies().get(0);
        }

        @Override
        public List<Proxy> getProxies() {
            return request.getProxies();
        }

        @Override
        public List<SettingsProblem> getProblems() {
            return problems;
        }
    }

    private static Server server(String id, @Nullable String user, String password) {
        Server server = new Server();
        server.setId(id);
        server.setUsername(user);
        server.setPassword(password);
        return server;
    }
}
