package io.github.cdkmaven.mojo;

import io.github.cdkmaven.problem.Problem;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.maven.settings.building.SettingsProblem;
import org.jspecify.annotations.Nullable;

/** A password of settings.xml, of a server or of a proxy: encrypted, plain, or a variable that is not set. */
final class StoredPassword {

    /** What Maven leaves in the text when nothing has that name. */
    private static final Pattern VARIABLE = Pattern.compile("\\$\\{((?:env\\.)?[\\w.-]+)}");

    /** What Maven takes for encrypted: anything in braces, wherever it stands (plexus-cipher, {@code isEncryptedString}). */
    private static final Pattern BRACES = Pattern.compile("\\{([^{}]*)}");

    /** Salt, length and one block at least: Maven 3 encrypts to no less. */
    private static final int SHORTEST_ENCRYPTED = 32;

    private StoredPassword() {}

    /**
     * What Maven made of the text of a password, or the text itself where it is plain and only looks encrypted to Maven.
     *
     * @param element whose password it is
     * @param stored the text of settings.xml
     * @param decrypted the same, decrypted
     * @param problems what Maven says of the decryption
     * @throws io.github.cdkmaven.problem.ProblemException if it names a variable that is not set, or cannot be decrypted
     */
    static Optional<String> of(
            String element, @Nullable String stored, @Nullable String decrypted, List<SettingsProblem> problems) {
        String text = Optional.ofNullable(stored).orElse("");
        requireSet(element, "password", text);
        List<String> errors = problems.stream()
                .filter(problem -> problem.getSeverity() != SettingsProblem.Severity.WARNING)
                .map(SettingsProblem::getMessage)
                .toList();
        if (errors.isEmpty()) {
            return Optional.ofNullable(decrypted).filter(password -> !password.isEmpty());
        }
        if (!text.isEmpty() && !isEncrypted(text)) {
            return Optional.of(text);
        }
        // To go on with the encrypted text would only show up later, as a login that is refused.
        throw Problem.of(
                        "The password of " + element + " in settings.xml could not be decrypted.",
                        "check the master password in ~/.m2/settings-security.xml (or where -Dsettings.security points) and encrypt"
                                + " this password again with 'mvn --encrypt-password'; one that 'mvnenc' of Maven 4 encrypted"
                                + " can only be read by Maven 4")
                .with(errors)
                .toException();
    }

    /** Refuses a text that still holds the name of a variable: Maven puts in the value of each one that is set. */
    static void requireSet(String element, String what, @Nullable String text) {
        Matcher variable = VARIABLE.matcher(Optional.ofNullable(text).orElse(""));
        if (variable.matches() || variable.reset().find() && variable.group(1).startsWith("env.")) {
            String name = variable.group(1);
            boolean environment = name.startsWith("env.");
            throw Problem.of(
                            "The " + what + " of " + element + " in settings.xml is ${" + name + "}, and "
                                    + (environment ? "the environment variable " : "the property ")
                                    + (environment ? name.substring("env.".length()) : name) + " is not set.",
                            environment
                                    ? "set the variable in Maven's environment, or write the " + what
                                            + " into settings.xml, encrypted if you like"
                                    : "set it with -D" + name + "=…, or write the " + what
                                            + " into settings.xml, encrypted if you like")
                    .toException();
        }
    }

    private static boolean isEncrypted(String text) {
        Matcher braces = BRACES.matcher(text);
        while (braces.find()) {
            // Maven 4 writes what it encrypted with as [name=…,cipher=…] before it.
            if (braces.group(1).indexOf('[') >= 0 || isCipherText(braces.group(1))) {
                return true;
            }
        }
        return false;
    }

    private static boolean isCipherText(String text) {
        try {
            return Base64.getMimeDecoder().decode(text).length >= SHORTEST_ENCRYPTED;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
