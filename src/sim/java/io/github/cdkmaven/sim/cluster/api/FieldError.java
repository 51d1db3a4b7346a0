package io.github.cdkmaven.sim.cluster.api;

import java.util.List;
import java.util.stream.Collectors;

/**
 * One reason why a submitted object is invalid, as Kubernetes tells it.
 *
 * @param reason the machine-readable reason of the cause, such as {@code FieldValueInvalid}
 * @param field the path of the field, such as {@code spec.images[0].from.name}
 * @param message the text behind the field's path
 */
public record FieldError(String reason, String field, String message) {

    /** A value that does not parse. */
    public static FieldError invalid(String field, String value, String detail) {
        return new FieldError("FieldValueInvalid", field, "Invalid value: " + quote(value) + ": " + detail);
    }

    /** A value that may not be used. */
    public static FieldError forbidden(String field, String detail) {
        return new FieldError("FieldValueForbidden", field, "Forbidden: " + detail);
    }

    /** A value that has to be there. */
    public static FieldError required(String field, String detail) {
        return new FieldError(
                "FieldValueRequired", field, detail.isEmpty() ? "Required value" : "Required value: " + detail);
    }

    /** A text between quotation marks, as Go's {@code %q} prints it. */
    public static String quote(String value) {
        return "\"" + value.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
    }

    /** Several errors in one text: brackets around them where there is more than one. */
    static String join(List<FieldError> errors) {
        String joined = errors.stream()
                .map(error -> error.field() + ": " + error.message())
                .collect(Collectors.joining(", "));
        return errors.size() == 1 ? joined : "[" + joined + "]";
    }
}
