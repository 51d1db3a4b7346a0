package io.github.cdkmaven.registry;

import io.github.cdkmaven.process.Deadline;
import java.net.http.HttpResponse;

/** Sends what the endpoints ask, logged in as somebody logs in. */
interface Sender {

    /**
     * Sends a request about a repository.
     *
     * @param repository the repository whose content is asked for; empty for none
     */
    HttpResponse<byte[]> send(EndpointCaller.Request request, String repository, Deadline deadline)
            throws RegistryException;
}
