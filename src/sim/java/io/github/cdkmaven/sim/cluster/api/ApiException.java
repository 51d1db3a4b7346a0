package io.github.cdkmaven.sim.cluster.api;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** A failure that the API server answers with a {@code Status} object. */
public final class ApiException extends RuntimeException {

    /** The API group of ImageStreams. */
    public static final String IMAGE_GROUP = "image.openshift.io";

    private static final long serialVersionUID = 1L;

    private final transient ObjectNode status;
    private final int code;

    private ApiException(int code, String reason, String message, ObjectNode details) {
        super(message);
        this.code = code;
        this.status = Json.object();
        status.put("kind", "Status").put("apiVersion", "v1");
        status.putObject("metadata");
        status.put("status", "Failure").put("message", message);
        if (!reason.isEmpty()) {
            status.put("reason", reason);
        }
        if (!details.isEmpty()) {
            status.set("details", details);
        }
        status.put("code", code);
    }

    /** The HTTP status. */
    public int code() {
        return code;
    }

    /** The whole {@code Status} object, to be a response's body. */
    public ObjectNode status() {
        return status.deepCopy();
    }

    /** The {@code Status} without kind and version, to be part of another object. */
    public ObjectNode embedded() {
        ObjectNode embedded = status();
        embedded.remove(List.of("kind", "apiVersion"));
        return embedded;
    }

    /** There is no such object. */
    public static ApiException notFound(String group, String resource, String name) {
        return new ApiException(
                404,
                "NotFound",
                qualified(group, resource) + " " + FieldError.quote(name) + " not found",
                details(group, resource, name));
    }

    /** There is no such path. */
    public static ApiException noSuchPath() {
        return new ApiException(404, "NotFound", "the server could not find the requested resource", Json.object());
    }

    /** The object exists already. */
    public static ApiException alreadyExists(String group, String resource, String name) {
        return new ApiException(
                409,
                "AlreadyExists",
                qualified(group, resource) + " " + FieldError.quote(name) + " already exists",
                details(group, resource, name));
    }

    /** Somebody else changed the object meanwhile. */
    public static ApiException conflict(String group, String resource, String name, String why) {
        return new ApiException(
                409,
                "Conflict",
                "Operation cannot be fulfilled on " + qualified(group, resource) + " " + FieldError.quote(name) + ": "
                        + why,
                details(group, resource, name));
    }

    /** Somebody else changed the object between reading and writing. */
    public static ApiException modified(String group, String resource, String name) {
        return conflict(
                group,
                resource,
                name,
                "the object has been modified; please apply your changes to the latest version and try again");
    }

    /** The submitted object cannot be accepted. */
    public static ApiException invalid(String kind, String name, List<FieldError> errors) {
        return invalid("", kind, name, errors);
    }

    /**
     * The submitted object cannot be accepted.
     *
     * @param group the API group where the server names it, else empty
     */
    public static ApiException invalid(String group, String kind, String name, List<FieldError> errors) {
        ObjectNode details = Json.object().put("name", name);
        if (!group.isEmpty()) {
            details.put("group", group);
        }
        details.put("kind", kind);
        ArrayNode causes = details.putArray("causes");
        errors.forEach(error -> causes.addObject()
                .put("reason", error.reason())
                .put("message", error.message())
                .put("field", error.field()));
        return new ApiException(
                422,
                "Invalid",
                qualified(group, kind) + " " + FieldError.quote(name) + " is invalid: " + FieldError.join(errors),
                details);
    }

    /** The user lacks a right. */
    public static ApiException forbidden(String group, String resource, String name, String why) {
        String subject = name.isEmpty() ? "" : " " + FieldError.quote(name);
        return new ApiException(
                403,
                "Forbidden",
                qualified(group, resource) + subject + " is forbidden: " + why,
                details(group, resource, name));
    }

    /** The user may not use a path that is no resource. */
    public static ApiException forbiddenPath(String why) {
        return new ApiException(403, "Forbidden", "forbidden: " + why, Json.object());
    }

    /** The credentials of the request are not valid. */
    public static ApiException unauthorized(String message) {
        return new ApiException(401, "Unauthorized", message, Json.object());
    }

    /** The request cannot be read. */
    public static ApiException badRequest(String message) {
        return new ApiException(400, "BadRequest", message, Json.object());
    }

    /** The request uses a verb that the resource does not have. */
    public static ApiException methodNotAllowed() {
        return new ApiException(
                405,
                "MethodNotAllowed",
                "the server does not allow this method on the requested resource",
                Json.object());
    }

    /** Something behind the server failed. */
    public static ApiException internal(String cause) {
        ObjectNode details = Json.object();
        details.putArray("causes").addObject().put("message", cause);
        return new ApiException(500, "InternalError", "Internal error occurred: " + cause, details);
    }

    /** Any other failure. */
    public static ApiException of(int code, String reason, String message) {
        return new ApiException(code, reason, message, Json.object());
    }

    private static String qualified(String group, String resource) {
        return group.isEmpty() ? resource : resource + "." + group;
    }

    private static ObjectNode details(String group, String resource, String name) {
        ObjectNode details = Json.object();
        if (!name.isEmpty()) {
            details.put("name", name);
        }
        if (!group.isEmpty()) {
            details.put("group", group);
        }
        return details.put("kind", resource);
    }
}
