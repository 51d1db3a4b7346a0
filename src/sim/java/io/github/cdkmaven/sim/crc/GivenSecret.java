package io.github.cdkmaven.sim.crc;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.cdkmaven.sim.minishift.JsonFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** The pull secret of a start: from the file, else from the keyring, else asked for, which nobody answers here. */
final class GivenSecret {

    private static final String OF_SOMEBODY = "{\"auths\":{\"cloud.openshift.com\":{\"auth\":\"c29tZWJvZHk6c2VjcmV0\"}}}";

    private GivenSecret() {}

    /** Why the file is not taken stands only in the log of level debug. */
    static String load(CrcRun run, Optional<String> flag) {
        String file = flag.orElse(run.properties().text("pull-secret-file"));
        return valid(file).or(() -> keyring(run)).orElseThrow(() -> new VerbFailure(
                "cannot ask for secret, crc not launched by a terminal"));
    }

    private static Optional<String> keyring(CrcRun run) {
        return run.has(CrcFault.KEYRING_HOLDS_SECRET) ? Optional.of(OF_SOMEBODY) : Optional.empty();
    }

    private static Optional<String> valid(String file) {
        if (file.isEmpty()) {
            return Optional.empty();
        }
        try {
            String text = Files.readString(Path.of(file)).strip();
            JsonNode auths = JsonFile.mapper().readTree(text).path("auths");
            boolean good = auths.isObject() && !auths.isEmpty();
            for (JsonNode entry : auths) {
                good &= entry.has("auth") || entry.has("credsStore");
            }
            return good ? Optional.of(text) : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
