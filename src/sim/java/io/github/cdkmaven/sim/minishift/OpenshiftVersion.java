package io.github.cdkmaven.sim.minishift;

/** An OpenShift release as minishift writes it, for example {@code v3.11.141}. */
record OpenshiftVersion(String text, int minor, int patch) {

    /** Adds the missing {@code v} that minishift adds too (minishift#410). */
    static OpenshiftVersion of(String given) {
        String text = given.startsWith("v") ? given : "v" + given;
        String[] parts = text.substring(1).split("[.+-]", 4);
        return new OpenshiftVersion(text, number(parts, 1), number(parts, 2));
    }

    private static int number(String[] parts, int index) {
        try {
            return index < parts.length ? Integer.parseInt(parts[index]) : 0;
        } catch (NumberFormatException e) {
            return 0;
        }
    }

    /** From 3.10 the control plane runs as pods and {@code --image} is a template instead of a prefix. */
    boolean usesTemplate() {
        return minor >= 10;
    }

    boolean isOlderThan(OpenshiftVersion other) {
        return minor != other.minor ? minor < other.minor : patch < other.patch;
    }

    String majorMinor() {
        return "v3." + minor;
    }

    String kubernetes() {
        return switch (minor) {
            case 6 -> "v1.6.1+5115d708d7";
            case 7 -> "v1.7.6+a08f5eeb62";
            case 9 -> "v1.9.1+a0ce1bc657";
            case 10 -> "v1.10.0+b81c8f8";
            default -> "v1.11.0+d4cacc0";
        };
    }
}
