package io.github.cdkmaven.registry;

import java.net.http.HttpResponse;
import java.util.List;
import java.util.Optional;

/** {@code GET /v2/}: is a registry there, and does it let us in? */
final class PingEndpoint {

    private final Connection connection;

    PingEndpoint(Connection connection) {
        this.connection = connection;
    }

    PingAnswer ping(TimeLeft time) {
        Greeting greeting;
        try {
            greeting = connection.greetAgain(time);
        } catch (RegistryException e) {
            return PingAnswer.failed(e.failure());
        }
        return new PingAnswer(
                greeting.registry(),
                greeting.auth(),
                greeting.plainHttp(),
                greeting.login().filter(Origin::plainHttp).isPresent(),
                login(greeting, time));
    }

    private Optional<RegistryFailure> login(Greeting greeting, TimeLeft time) {
        if (!greeting.registry() && !Retry.worthwhile(greeting.status())) {
            return Optional.of(new RegistryFailure.Broken(greeting.status(), "something answers, but no registry"));
        }
        if (greeting.status() == 200) {
            return Optional.empty();
        }
        try {
            HttpResponse<byte[]> response = connection.send(Exchange.Ask.get("/v2/", List.of()), "", time);
            return response.statusCode() == 200
                    ? Optional.empty()
                    : Optional.of(new RegistryException(Refusal.answer(response)).failure());
        } catch (RegistryException e) {
            return Optional.of(e.failure());
        }
    }
}
