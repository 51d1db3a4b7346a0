package io.github.cdkmaven.registry;

import io.github.cdkmaven.process.Deadline;
import java.net.http.HttpResponse;
import java.util.Optional;

/** Asks as docker or OpenShift's importer would with the same login: by the challenge of {@code /v2/} alone, or as nobody. */
final class PartySender implements Sender {

    private final Connection connection;
    private final Party party;
    private final Optional<Credentials> login;

    PartySender(Connection connection, Party party, Optional<Credentials> login) {
        this.connection = connection;
        this.party = party;
        this.login = login;
    }

    @Override
    public HttpResponse<byte[]> send(EndpointCaller.Request request, String repository, Deadline deadline)
            throws RegistryException {
        try {
            HttpResponse<byte[]> response = connection.sendOnce(party, login, request, repository, deadline);
            boolean refused = response.statusCode() == 401 || response.statusCode() == 403;
            return refused && party.asksAgainAsNobody() && login.isPresent()
                    ? connection.sendOnce(party, Optional.empty(), request, repository, deadline)
                    : response;
        } catch (RegistryException e) {
            if (party.asksAgainAsNobody() && login.isPresent() && e.failure() instanceof RegistryFailure.Unauthorized) {
                return connection.sendOnce(party, Optional.empty(), request, repository, deadline);
            }
            throw e;
        }
    }
}
