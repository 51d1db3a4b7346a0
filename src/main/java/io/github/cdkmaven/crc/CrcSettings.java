package io.github.cdkmaven.crc;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.cdkmaven.crc.Generation.Network;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The user's own settings of crc, as crc itself reads them: a variable {@code CRC_NAME} of the environment comes before {@code crc.json} (crc
 * {@code pkg/crc/config/viper_config.go}).
 */
final class CrcSettings {

    private static final int HTTP = 80;
    private static final int HTTPS = 443;

    private final JsonNode file;
    private final Map<String, String> environment;

    CrcSettings(JsonNode file, Map<String, String> environment) {
        this.file = file;
        this.environment = Map.copyOf(environment);
    }

    /** The value of a setting; empty where the user has set none. */
    Optional<String> value(String key) {
        String variable = "CRC_" + key.toUpperCase(Locale.ROOT).replace('-', '_');
        return Optional.ofNullable(environment.get(variable))
                .filter(text -> !text.isBlank())
                .or(() -> Optional.of(file.path(key))
                        .filter(JsonNode::isValueNode)
                        .map(JsonNode::asText)
                        .filter(text -> !text.isBlank()));
    }

    /** What is to run; crc takes OpenShift for a word that it does not know. */
    Preset preset() {
        return value("preset").flatMap(Preset::parse).orElse(Preset.OPENSHIFT);
    }

    /** The way to the VM. */
    Network network(Generation generation, boolean linux) {
        return linux ? Network.of(value("network-mode").orElse(""), generation.network()) : Network.USER;
    }

    /** The port of 127.0.0.1 on which routes are reached by plain HTTP. */
    int httpPort() {
        return number("ingress-http-port", HTTP);
    }

    /** The same by TLS. */
    int httpsPort() {
        return number("ingress-https-port", HTTPS);
    }

    private int number(String key, int otherwise) {
        return value(key)
                .filter(text -> text.matches("\\d{1,5}"))
                .map(Integer::parseInt)
                .orElse(otherwise);
    }
}
