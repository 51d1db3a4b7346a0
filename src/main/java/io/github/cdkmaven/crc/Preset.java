package io.github.cdkmaven.crc;

import java.util.Locale;
import java.util.Optional;

/** What runs in the VM. */
enum Preset {
    /** Red Hat's OpenShift. */
    OPENSHIFT,
    /** Its community edition. */
    OKD,
    /** A Kubernetes with some of OpenShift's APIs: neither ImageStreams nor operators. */
    MICROSHIFT;

    /** Reads the word that crc has for it. */
    static Optional<Preset> parse(String word) {
        for (Preset preset : values()) {
            if (preset.toString().equals(word)) {
                return Optional.of(preset);
            }
        }
        return Optional.empty();
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
