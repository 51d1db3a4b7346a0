package io.github.cdkmaven.mojo;

import io.github.cdkmaven.image.References;
import io.github.cdkmaven.mirror.NeededImage;
import io.github.cdkmaven.mirror.Purpose;
import io.github.cdkmaven.openshift.NamespaceSelection;
import io.github.cdkmaven.problem.ForeignText;
import io.github.cdkmaven.problem.Problem;
import io.github.cdkmaven.verify.VerifyPolicy;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Turns what the POM holds into what the code needs, or says which parameter holds what it cannot. */
final class Values {

    private static final Pattern NUMBER = Pattern.compile("-?\\d{1,9}");
    private static final Pattern TIME = Pattern.compile("(\\d{1,9})\\s*(s|m|h|)");
    private static final String TIMES = "90 (seconds), 90s, 15m, 2h or PT15M";

    /** More is a slip of the pen, and what is far more does not fit into the nanoseconds that a deadline counts. */
    private static final Duration LONGEST = Duration.ofDays(30);

    private static final Pattern PROFILE = Pattern.compile("[a-zA-Z0-9]+[a-zA-Z0-9-]*");

    private Values() {}

    /** A text, if there is one; Maven gives an empty element as null and an empty property as "". */
    static Optional<String> text(@Nullable String value) {
        return Optional.ofNullable(value).map(String::strip).filter(text -> !text.isEmpty());
    }

    /** The texts of a list, without empty ones. */
    static List<String> texts(@Nullable List<String> values) {
        return values == null
                ? List.of()
                : values.stream().flatMap(value -> text(value).stream()).toList();
    }

    /** The texts of a list, each of which minishift takes as one word. */
    static List<String> words(String parameter, @Nullable List<String> values) {
        List<String> words = texts(values);
        words.stream().filter(word -> word.indexOf('@') >= 0).findFirst().ifPresent(word -> {
            throw refused(
                    parameter,
                    "***" + word.substring(word.lastIndexOf('@')),
                    "must not contain a user name or password",
                    "only the host");
        });
        words.stream()
                .filter(word -> word.chars().anyMatch(Character::isWhitespace))
                .findFirst()
                .ifPresent(word -> {
                    throw refused(
                            parameter,
                            word,
                            "minishift splits such a value at white space",
                            "one value in each element");
                });
        return words;
    }

    /** The names of namespaces, or globs for them, at least one; what is neither would become a path of the API. */
    static List<String> namespaces(ParameterReader reader, @Nullable List<String> values) {
        return reader.value("namespaces", () -> namespaces(values), List.of());
    }

    private static List<String> namespaces(@Nullable List<String> values) {
        List<String> names = texts(values).stream().distinct().toList();
        if (names.isEmpty()) {
            throw refused("namespaces", "", "it names no namespace, so there is nothing to do", "openshift");
        }
        names.stream()
                .filter(name -> !NamespaceSelection.isPattern(name))
                .findFirst()
                .ifPresent(name -> {
                    throw refused(
                            "namespaces",
                            ForeignText.line(name),
                            "a namespace has up to 63 lower-case letters, digits and hyphens, and a glob * and ? beside them",
                            "openshift, or one <namespace> for each, such as team-*");
                });
        return names;
    }

    /** A file, if one is named. */
    static Optional<Path> path(@Nullable File file) {
        return Optional.ofNullable(file).map(File::toPath);
    }

    /** A time of the form {@code 90}, {@code 90s}, {@code 15m}, {@code 2h} or {@code PT15M}; a plain number is seconds. */
    static Duration time(String parameter, String value) {
        String text = value.strip();
        Matcher form = TIME.matcher(text.toLowerCase(Locale.ROOT));
        Duration time;
        if (form.matches()) {
            long number = Long.parseLong(form.group(1));
            time = switch (form.group(2)) {
                case "h" -> Duration.ofHours(number);
                case "m" -> Duration.ofMinutes(number);
                default -> Duration.ofSeconds(number);
            };
        } else {
            try {
                time = Duration.parse(text);
            } catch (DateTimeParseException e) {
                throw refused(parameter, value, "it is not a duration", TIMES);
            }
        }
        if (time.isZero() || time.isNegative()) {
            throw refused(parameter, value, "must be greater than zero", TIMES);
        }
        if (time.compareTo(LONGEST) > 0) {
            throw refused(parameter, value, "it is longer than " + LONGEST.toDays() + " days", TIMES);
        }
        return time;
    }

    /** One of an enumeration's values, written in any case. */
    static <E extends Enum<E>> E choice(String parameter, String value, Class<E> type) {
        List<String> words = Arrays.stream(type.getEnumConstants())
                .map(constant -> constant.name().toLowerCase(Locale.ROOT))
                .toList();
        int index = words.indexOf(value.strip().toLowerCase(Locale.ROOT));
        if (index < 0) {
            throw refused(parameter, value, "not one of the allowed values", String.join(", ", words));
        }
        return type.getEnumConstants()[index];
    }

    /** A number between two bounds. */
    static int number(String parameter, String value, int least, int most) {
        String text = value.strip();
        if (!NUMBER.matcher(text).matches()) {
            throw refused(parameter, value, "it is not a number", least + " to " + most);
        }
        int number = Integer.parseInt(text);
        if (number < least || number > most) {
            throw refused(parameter, value, "it is out of range", least + " to " + most);
        }
        return number;
    }

    /** A file that is there and may be read, if one is named. */
    static Optional<Path> readable(String parameter, @Nullable File file) {
        Optional<Path> path = path(file);
        path.ifPresent(named -> {
            if (!Files.isRegularFile(named)) {
                throw refused(parameter, named.toString(), "there is no such file", "the path of the file itself");
            }
            if (!Files.isReadable(named)) {
                throw refused(
                        parameter, named.toString(), "this user may not read it", "a file that this user may read");
            }
        });
        return path;
    }

    /** The name of a minishift profile. */
    static Optional<String> profile(@Nullable String value) {
        Optional<String> profile = text(value);
        profile.filter(name -> !PROFILE.matcher(name).matches()).ifPresent(name -> {
            throw refused("profile", name, "minishift accepts only letters, digits and hyphens", "such as ci-1");
        });
        return profile;
    }

    /** The addresses of services, which only the cluster itself reaches, and so those of its own registry. */
    private static final Pattern INSIDE =
            Pattern.compile("(172\\.30\\.\\d{1,3}\\.\\d{1,3}|[\\w.-]{1,200}\\.svc(\\.cluster\\.local)?)(:\\d{1,5})?");

    /** The project's own images, as they would be pulled. */
    static List<NeededImage> images(ParameterReader reader, @Nullable List<String> images) {
        return reader.each("additionalImages", texts(images), text -> {
            if (References.isId(text)) {
                throw refused(
                        "additionalImages", text, "it is an image's ID, which no registry knows", "registry/path:tag");
            }
            if (References.host(text)
                    .filter(host -> INSIDE.matcher(host).matches())
                    .isPresent()) {
                throw refused(
                        "additionalImages",
                        text,
                        "it is in OpenShift's own registry, which is filled by builds, not by a mirror",
                        "the public name of the image, registry/path:tag");
            }
            try {
                return NeededImage.required(text, new Purpose.Additional());
            } catch (IllegalArgumentException e) {
                throw refused(
                        "additionalImages", text, "not an image reference: " + e.getMessage(), "registry/path:tag");
            }
        });
    }

    /** How the origin of images is proven. */
    static VerifyPolicy verifyPolicy(
            ParameterReader reader,
            boolean skip,
            @Nullable List<String> allowed,
            boolean blocked,
            boolean pull,
            String timeout) {
        return new VerifyPolicy(
                skip,
                texts(allowed),
                blocked,
                pull,
                reader.value("verifyTimeout", () -> time("verifyTimeout", timeout), Duration.ZERO));
    }

    static RuntimeException refused(String parameter, String value, String why, String instead) {
        return Problem.of(
                        "Parameter '" + parameter + "' is '" + shown(value) + "': " + why + ".",
                        "<" + parameter + "> in the plugin's <configuration>, or -Dcdk." + parameter + "=… with: "
                                + instead)
                .toException();
    }

    /** A value for a message, with all that may be a login hidden. */
    static String shown(String value) {
        return value.replaceFirst("(?s)^.*@(?!sha\\d+:)", "***@");
    }
}
