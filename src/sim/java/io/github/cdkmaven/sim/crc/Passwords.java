package io.github.cdkmaven.sim.crc;

import java.security.SecureRandom;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Passwords as OpenShift's installer makes them: 23 characters, {@code xxxxx-xxxxx-xxxxx-xxxxx}. */
final class Passwords {

    private static final String LETTERS = "23456789ABCDEFGHIJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";
    private static final SecureRandom RANDOM = new SecureRandom();

    private Passwords() {}

    static String random() {
        return IntStream.range(0, 23)
                .mapToObj(i -> i % 6 == 5
                        ? "-"
                        : String.valueOf(LETTERS.charAt(RANDOM.nextInt(LETTERS.length()))))
                .collect(Collectors.joining());
    }
}
