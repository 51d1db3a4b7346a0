package io.github.cdkmaven.registry;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.github.cdkmaven.json.JsonTree;
import io.github.cdkmaven.problem.ForeignText;
import io.github.cdkmaven.process.Deadline;
import io.github.cdkmaven.registry.ManifestAnswer.Found;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** {@code /v2/NAME/manifests/REFERENCE}: whether an image is there, in which form, and the manifest itself. */
final class ManifestEndpoint {

    private static final RegistryFailure LIST_IN_LIST =
            new RegistryFailure.Broken(200, "a manifest list whose image is a list again");

    /** Answers to HEAD after which only GET tells more: some proxies refuse it (origin's own client falls back too). */
    private static final Set<Integer> ASK_BY_GET = Set.of(400, 403, 405, 406, 415, 500, 501);

    private static final int LONGEST_ARCHITECTURE = 40;

    private final Sender sender;
    private final BlobEndpoint blobs;
    private final ImageFormats formats;
    private final String processor;

    /**
     * An endpoint.
     *
     * @param formats the forms in which an image counts as there
     * @param processor the processor for which it has to be there: {@code amd64}, {@code arm64}
     */
    ManifestEndpoint(Sender sender, BlobEndpoint blobs, ImageFormats formats, String processor) {
        this.sender = sender;
        this.blobs = blobs;
        this.formats = formats;
        this.processor = processor;
    }

    /** The processor for which an image has to be there. */
    String processor() {
        return processor;
    }

    /** The forms in which an image counts as there. */
    ImageFormats formats() {
        return formats;
    }

    /** Looks, without fetching more than needed: one HEAD for an image that is there. */
    ManifestAnswer look(ManifestQuery query, Deadline deadline) throws RegistryException {
        return look(query, false, deadline);
    }

    private ManifestAnswer look(ManifestQuery query, boolean inList, Deadline deadline) throws RegistryException {
        HttpResponse<byte[]> head = send("HEAD", query, formats.accepted(), deadline);
        int status = head.statusCode();
        if (status == 404) {
            return readAsAnything(query, deadline);
        }
        if (status != 200 && !ASK_BY_GET.contains(status)) {
            return ErrorResponse.answer(head);
        }
        Optional<String> digest = digestHeader(head).filter(query::admits);
        String type = mediaType(head);
        if (status == 200 && digest.isPresent() && MediaTypes.isManifest(type) && !MediaTypes.isList(type)) {
            return found(type, digest.get(), size(head), List.of());
        }
        HttpResponse<byte[]> get = send("GET", query, formats.accepted(), deadline);
        return get.statusCode() == 404 ? readAsAnything(query, deadline) : lookInside(get, query, inList, deadline);
    }

    /**
     * A manifest that was read.
     *
     * @param answer what it is
     * @param manifest the manifest of the image; missing unless the answer is {@code Found}
     */
    record Read(ManifestAnswer answer, JsonNode manifest) {

        static Read without(ManifestAnswer answer) {
            return new Read(answer, MissingNode.getInstance());
        }
    }

    /** The same as {@link #look}, with the manifest of the image, in one request; in two for a list. */
    Read read(ManifestQuery query, Deadline deadline) throws RegistryException {
        return read(query, false, deadline);
    }

    private Read read(ManifestQuery query, boolean inList, Deadline deadline) throws RegistryException {
        HttpResponse<byte[]> get = send("GET", query, formats.accepted(), deadline);
        if (get.statusCode() == 404) {
            return Read.without(readAsAnything(query, deadline));
        }
        ManifestAnswer answer = read(get, query);
        if (!isList(answer)) {
            return answer instanceof Found ? new Read(answer, json(get.body())) : Read.without(answer);
        }
        if (inList) {
            return Read.without(LIST_IN_LIST);
        }
        Optional<String> part = part(json(get.body()));
        if (part.isEmpty()) {
            return Read.without(answer);
        }
        Read image = read(new ManifestQuery(query.repository(), part.get()), true, deadline);
        return image.answer() instanceof Found
                ? new Read(answer, image.manifest())
                : Read.without(
                        image.answer() instanceof ManifestAnswer.Missing
                                ? new ManifestAnswer.Missing(ManifestAnswer.Missing.Kind.PART, processor)
                                : image.answer());
    }

    /** The same, and the processor of a single image, which only its configuration tells, for two more requests. */
    ManifestAnswer lookAtArchitecture(ManifestQuery query, Deadline deadline) throws RegistryException {
        ManifestAnswer answer = look(query, deadline);
        if (!(answer instanceof Found found) || !found.architectures().isEmpty() || found.schema1()) {
            return answer;
        }
        ManifestContent manifest = fetch(new ManifestQuery(query.repository(), found.digest()), deadline);
        String configuration =
                json(manifest.toByteArray()).path("config").path("digest").asText();
        JsonNode json = json(blobs.read(query.repository(), configuration, deadline));
        if (!json.isObject()) {
            throw new RegistryException(
                    new RegistryFailure.Broken(200, "an image whose configuration is not a JSON object"));
        }
        JsonNode architecture = json.path("architecture");
        return architecture.isTextual()
                ? new Found(
                        found.digest(),
                        found.mediaType(),
                        found.size(),
                        List.of(ForeignText.line(architecture.asText(), LONGEST_ARCHITECTURE)),
                        processor)
                : found;
    }

    /** A list is as good as its image for the wanted processor, which the importer fetches next; a copy of a mirror may have left it out. */
    private ManifestAnswer lookInside(HttpResponse<byte[]> get, ManifestQuery query, boolean inList, Deadline deadline)
            throws RegistryException {
        ManifestAnswer answer = read(get, query);
        if (!isList(answer)) {
            return answer;
        }
        if (inList) {
            return LIST_IN_LIST;
        }
        Optional<String> part = part(json(get.body()));
        if (part.isEmpty()) {
            return answer;
        }
        ManifestAnswer image = look(new ManifestQuery(query.repository(), part.get()), true, deadline);
        return image instanceof ManifestAnswer.Missing
                ? new ManifestAnswer.Missing(ManifestAnswer.Missing.Kind.PART, processor)
                : image instanceof Found ? answer : image;
    }

    private static boolean isList(ManifestAnswer answer) {
        return answer instanceof Found found && MediaTypes.isList(found.mediaType());
    }

    /** The digest of a list's image for the wanted processor; empty if it has none. */
    private Optional<String> part(JsonNode list) throws RegistryException {
        Optional<String> digest = ManifestList.image(list, processor);
        if (digest.isPresent() && !Sha256.isName(digest.get())) {
            throw new RegistryException(
                    new RegistryFailure.Broken(200, "a manifest list that names an invalid digest"));
        }
        return digest;
    }

    /**
     * The manifest of one image in whatever form the registry has it, Docker's before OCI's, verified. Of a list, it is the one for the
     * wanted processor.
     */
    ManifestContent fetch(ManifestQuery query, Deadline deadline) throws RegistryException {
        ManifestContent content = fetchAny(query, deadline);
        if (!MediaTypes.isList(content.mediaType())) {
            return content;
        }
        JsonNode list = json(content.toByteArray());
        String part = part(list)
                .orElseThrow(() -> new RegistryException(new Found(
                        content.digest(),
                        content.mediaType(),
                        content.bytes().remaining(),
                        ManifestList.platforms(list),
                        processor)));
        ManifestContent image = fetchAny(new ManifestQuery(query.repository(), part), deadline);
        if (MediaTypes.isList(image.mediaType())) {
            throw new RegistryException(LIST_IN_LIST);
        }
        return image;
    }

    private ManifestContent fetchAny(ManifestQuery query, Deadline deadline) throws RegistryException {
        HttpResponse<byte[]> response = send("GET", query, MediaTypes.ALL, deadline);
        ManifestAnswer answer = read(response, query);
        if (answer instanceof Found found) {
            return ManifestContent.of(found.mediaType(), found.digest(), response.body());
        }
        if (answer instanceof ManifestAnswer.OciOnly oci) {
            return ManifestContent.of(oci.mediaType(), oci.digest(), response.body());
        }
        throw new RegistryException(answer);
    }

    /** After a 404 to the types that are read: is there an OCI image, or else which kind of 404 is it? HEAD has no body. */
    private ManifestAnswer readAsAnything(ManifestQuery query, Deadline deadline) throws RegistryException {
        return read(send("GET", query, MediaTypes.ALL, deadline), query);
    }

    private HttpResponse<byte[]> send(String method, ManifestQuery query, List<String> accept, Deadline deadline)
            throws RegistryException {
        String path = "/v2/" + query.repository() + "/manifests/" + query.reference();
        return sender.send(new EndpointCaller.Request(method, path, accept), query.repository(), deadline);
    }

    private ManifestAnswer read(HttpResponse<byte[]> get, ManifestQuery query) throws RegistryException {
        int status = get.statusCode();
        if (status != 200) {
            return ErrorResponse.answer(get);
        }
        String type = mediaType(get);
        JsonNode json = json(get.body());
        if (!MediaTypes.isManifest(type)
                || json.path("schemaVersion").asInt() != (MediaTypes.isSchema1(type) ? 1 : 2)) {
            return new RegistryFailure.Broken(
                    status, "no manifest but " + (type.isEmpty() ? "untyped bytes" : ForeignText.line(type)));
        }
        String digest = MediaTypes.isSchema1(type) ? Schema1.digest(get.body(), json) : Sha256.of(get.body());
        String expected = query.reference().startsWith("sha256:")
                ? query.reference()
                : digestHeader(get).orElse(digest);
        if (!digest.equals(expected)) {
            return new RegistryFailure.Broken(status, "the manifest's digest is " + digest + ", not " + expected);
        }
        return found(type, digest, get.body().length, ManifestList.architectures(json));
    }

    private ManifestAnswer found(String type, String digest, long size, List<String> architectures) {
        return formats.reads(type)
                ? new Found(digest, type, size, architectures, processor)
                : new ManifestAnswer.OciOnly(digest, type);
    }

    private static JsonNode json(byte[] body) {
        try {
            return JsonTree.readStrictly(body);
        } catch (IOException e) {
            return MissingNode.getInstance();
        }
    }

    private static Optional<String> digestHeader(HttpResponse<byte[]> response) {
        return response.headers().firstValue("Docker-Content-Digest").filter(Sha256::isName);
    }

    private static String mediaType(HttpResponse<byte[]> response) {
        return response.headers()
                .firstValue("Content-Type")
                .map(type -> type.split(";", 2)[0].trim())
                .orElse("");
    }

    private static long size(HttpResponse<byte[]> response) {
        return response.headers().firstValueAsLong("Content-Length").orElse(0);
    }
}
