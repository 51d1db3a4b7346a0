package io.github.cdkmaven.sim.cluster;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.cdkmaven.sim.cluster.ClusterFaults.ImportFault;
import io.github.cdkmaven.sim.cluster.api.ApiException;
import io.github.cdkmaven.sim.cluster.api.FieldError;
import io.github.cdkmaven.sim.cluster.image.DockerReference;
import io.github.cdkmaven.sim.cluster.image.ImportWhitelist;
import io.github.cdkmaven.sim.cluster.importer.Pace;
import io.github.cdkmaven.sim.cluster.importer.RegistryTransport;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** {@code imagestreamimports}: create only, answered when the images are looked up. */
final class ImportEndpoint implements Endpoint {

    private final StreamImporter importer;
    private final RegistryTransport transport;
    private final ClusterState state;
    private final Authorization authorization;
    private final OpenShiftRules version;
    private final boolean pacing;

    ImportEndpoint(
            StreamImporter importer,
            RegistryTransport transport,
            ClusterState state,
            Authorization authorization,
            OpenShiftRules version,
            boolean pacing) {
        this.importer = importer;
        this.transport = transport;
        this.state = state;
        this.authorization = authorization;
        this.version = version;
        this.pacing = pacing;
    }

    @Override
    public ApiResponse handle(ApiRequest request, ResourcePath path) {
        if (!"POST".equals(request.method())) {
            throw ApiException.methodNotAllowed();
        }
        ImportRequest submitted = ImportRequest.of(path.namespace(), request.json(), version);
        checkWhitelist(submitted, request.user());
        Optional<ImportFault> fault = submitted.stores() ? state.nextImportFault() : Optional.empty();
        fault.ifPresent(met -> refuse(met, submitted));
        state.importStarts();
        try {
            ObjectNode answer = importer.run(submitted, transport, new Pace(pacing));
            if (fault.isPresent()) {
                return broken(fault.get());
            }
            return ApiResponse.json(201, answer);
        } finally {
            state.importEnds();
        }
    }

    /** Who may create images is not asked; everybody else must keep to the whitelist. */
    private void checkWhitelist(ImportRequest submitted, User user) {
        Optional<ImportWhitelist> whitelist = state.registryWhitelist();
        ResourcePath images = new ResourcePath(ApiException.IMAGE_GROUP, "", "images", "");
        if (whitelist.isEmpty() || authorization.allows(user, "create", images)) {
            return;
        }
        List<FieldError> errors = new ArrayList<>();
        List<ObjectNode> sources = submitted.images();
        for (int i = 0; i < sources.size(); i++) {
            String name = sources.get(i).path("from").path("name").asText();
            DockerReference reference = DockerReference.parse(name);
            String field = "spec.images[" + i + "].from.name";
            boolean insecure =
                    sources.get(i).path("importPolicy").path("insecure").asBoolean();
            whitelist
                    .get()
                    .objection(reference, insecure)
                    .ifPresent(objection ->
                            errors.add(version.importForbidden(field, name, reference.registryOrHub(), objection)));
        }
        if (!errors.isEmpty()) {
            throw version.invalid("ImageStreamImport", submitted.name(), errors);
        }
    }

    private static void refuse(ImportFault fault, ImportRequest submitted) {
        switch (fault) {
            case CONFLICT ->
                throw ApiException.modified(ApiException.IMAGE_GROUP, ClusterState.STREAMS, submitted.name());
            case TOO_MANY_REQUESTS ->
                throw ApiException.of(429, "TooManyRequests", "Too many requests, please try again later.");
            case UNAVAILABLE ->
                throw ApiException.of(
                        503, "ServiceUnavailable", "the server is currently unable to handle the request");
            case INTERNAL_ERROR -> throw ApiException.internal("etcdserver: request timed out");
            case HANG -> throw new BrokenAnswer(BrokenAnswer.Kind.HANG);
            case RESET, GARBAGE -> {}
        }
    }

    private static ApiResponse broken(ImportFault fault) {
        if (fault == ImportFault.RESET) {
            throw new BrokenAnswer(BrokenAnswer.Kind.RESET);
        }
        return new ApiResponse(
                201,
                Map.of("Content-Type", "application/json"),
                "{\"kind\":\"ImageStreamImport\",\"status\":{\"ima".getBytes(StandardCharsets.UTF_8));
    }
}
