package io.github.cdkmaven.registry;

import io.github.cdkmaven.http.Body;
import io.github.cdkmaven.http.Reception.Receiver;
import io.github.cdkmaven.process.Deadline;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodySubscriber;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** {@code /v2/NAME/blobs/DIGEST}: fetches configurations and layers, verified on the way. */
final class BlobEndpoint {

    private final Sender sender;

    BlobEndpoint(Sender sender) {
        this.sender = sender;
    }

    /**
     * Streams a blob into a file, over what is there.
     *
     * @param size its bytes as the manifest says; what is longer is not received
     * @throws RegistryException if it was not fetched whole or is not what its digest and size say; the file is gone then
     * @throws IOException if the file cannot be written
     */
    void fetch(String repository, String digest, long size, Path target, Deadline deadline) throws IOException {
        requireName(digest);
        boolean complete = false;
        try {
            HttpResponse<byte[]> response = sender.send(
                    new EndpointCaller.Request("GET", path(repository, digest), List.of(), into(target, size)),
                    repository,
                    deadline);
            if (response.statusCode() != 200) {
                throw new RegistryException(ErrorResponse.answer(response));
            }
            requireDigest(digest, Sha256.name(response.body()));
            requireSize(digest, size, Files.size(target));
            complete = true;
        } catch (UncheckedIOException e) {
            throw e.getCause();
        } finally {
            if (!complete) {
                Files.deleteIfExists(target);
            }
        }
    }

    /**
     * What is known of a blob.
     *
     * @param status the HTTP status
     * @param bytes its content, where that was asked for and came from the registry itself
     */
    record Look(int status, byte[] bytes) {

        /** A redirect leads to where the blob is stored; and not every registry answers HEAD. */
        boolean there() {
            return status / 100 == 2 || status / 100 == 3 || status == 405 || status == 501;
        }
    }

    /** Looks whether a blob is there; redirects are not followed. */
    Look look(String repository, String digest, boolean read, Deadline deadline) throws RegistryException {
        requireName(digest);
        HttpResponse<byte[]> response = sender.send(
                new EndpointCaller.Request(read ? "GET" : "HEAD", path(repository, digest), List.of())
                        .withoutRedirects(),
                repository,
                deadline);
        boolean content = read && response.statusCode() == 200;
        if (content) {
            requireDigest(digest, Sha256.of(response.body()));
        }
        return new Look(response.statusCode(), content ? response.body() : new byte[0]);
    }

    /** Reads a small blob, such as a configuration. */
    byte[] read(String repository, String digest, Deadline deadline) throws RegistryException {
        requireName(digest);
        HttpResponse<byte[]> response = sender.send(
                new EndpointCaller.Request("GET", path(repository, digest), List.of()), repository, deadline);
        if (response.statusCode() != 200) {
            throw new RegistryException(ErrorResponse.answer(response));
        }
        requireDigest(digest, Sha256.of(response.body()));
        return response.body();
    }

    /** A manifest may name anything, which would lead to another address. */
    private static void requireName(String digest) throws RegistryException {
        if (!Sha256.isName(digest)) {
            throw new RegistryException(new RegistryFailure.Broken(200, "a manifest that names an invalid digest"));
        }
    }

    private static void requireDigest(String expected, String received) throws RegistryException {
        if (!received.equals(expected)) {
            throw new RegistryException(
                    new RegistryFailure.Broken(200, "the blob " + expected + " arrived as " + received));
        }
    }

    private static void requireSize(String digest, long expected, long received) throws RegistryException {
        if (received != expected) {
            throw new RegistryException(new RegistryFailure.Broken(
                    200, "the blob " + digest + " has " + received + " bytes, but its manifest says " + expected));
        }
    }

    private static String path(String repository, String digest) {
        return "/v2/" + repository + "/blobs/" + digest;
    }

    private static Receiver<byte[]> into(Path target, long size) {
        return received -> info -> {
            if (info.statusCode() != 200) {
                return Body.bytes(EndpointCaller.LARGEST_BODY, received);
            }
            try {
                return Body.toFile(target, size, Sha256.start(), received);
            } catch (IOException e) {
                return failed(e);
            }
        };
    }

    private static BodySubscriber<byte[]> failed(IOException cause) {
        return HttpResponse.BodySubscribers.mapping(HttpResponse.BodySubscribers.discarding(), nothing -> {
            throw new UncheckedIOException(cause);
        });
    }
}
