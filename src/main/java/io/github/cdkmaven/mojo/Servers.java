package io.github.cdkmaven.mojo;

import io.github.cdkmaven.problem.Problem;
import io.github.cdkmaven.registry.Credentials;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.maven.settings.Proxy;
import org.apache.maven.settings.Server;
import org.apache.maven.settings.Settings;
import org.apache.maven.settings.crypto.DefaultSettingsDecryptionRequest;
import org.apache.maven.settings.crypto.SettingsDecrypter;
import org.apache.maven.settings.crypto.SettingsDecryptionResult;

/** Finds users and passwords in the servers of settings.xml, decrypted by Maven's own service. */
final class Servers {

    private static final Pattern CONTROL = Pattern.compile("\\p{Cntrl}");

    private final Settings settings;
    private final SettingsDecrypter decrypter;

    Servers(Settings settings, SettingsDecrypter decrypter) {
        this.settings = settings;
        this.decrypter = decrypter;
    }

    /**
     * The credentials for a host.
     *
     * @param parameter the parameter that may name the server, for messages
     * @param id the server's id, where the user named one; it must exist then
     * @param host the host, which is the id that is tried otherwise
     * @throws io.github.cdkmaven.problem.ProblemException if the server is missing, incomplete, or cannot be decrypted
     */
    Optional<Credentials> find(String parameter, Optional<String> id, String host) {
        Optional<Server> server = Optional.ofNullable(settings.getServer(id.orElse(host)));
        if (server.isEmpty() && id.isPresent()) {
            throw Problem.of(
                            "Parameter '" + parameter + "' is '" + id.get()
                                    + "', but settings.xml has no <server> with that id.",
                            "add <server><id>" + id.get()
                                    + "</id><username>…</username><password>…</password></server> to settings.xml, or correct <"
                                    + parameter + "> (-Dcdk." + parameter + ")")
                    .toException();
        }
        return server.map(this::credentials);
    }

    /** All passwords of settings.xml, those of proxies too. What cannot be decrypted is of no use to anybody. */
    List<String> passwords() {
        SettingsDecryptionResult result = decrypter.decrypt(new DefaultSettingsDecryptionRequest(settings));
        return Stream.of(
                        result.getServers().stream().map(Server::getPassword),
                        result.getServers().stream().map(Server::getPassphrase),
                        result.getProxies().stream().map(Proxy::getPassword))
                .flatMap(all -> all)
                .filter(Objects::nonNull)
                .toList();
    }

    private Credentials credentials(Server server) {
        String element = "<server> '" + server.getId() + "'";
        StoredPassword.requireSet(element, "user", server.getUsername());
        SettingsDecryptionResult result = decrypter.decrypt(new DefaultSettingsDecryptionRequest(server));
        Optional<String> user = Values.text(server.getUsername());
        Optional<String> password = StoredPassword.of(
                element, server.getPassword(), result.getServer().getPassword(), result.getProblems());
        if (user.isEmpty() || password.isEmpty()) {
            throw Problem.of(
                            element + " in settings.xml has no " + (user.isEmpty() ? "<username>." : "<password>."),
                            "give it both <username> and <password>")
                    .toException();
        }
        if (CONTROL.matcher(user.get() + password.get()).find()) {
            throw Problem.of(
                            "User or password of <server> '" + server.getId()
                                    + "' in settings.xml contains a line break or another control character.",
                            "write <username> and <password> on one line each; a password that was encrypted with its line break has to be"
                                    + " encrypted again without it")
                    .toException();
        }
        return new Credentials(user.get(), password.get(), Optional.of(server.getId()));
    }
}
