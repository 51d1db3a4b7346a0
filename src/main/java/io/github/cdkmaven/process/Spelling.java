package io.github.cdkmaven.process;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.BitSet;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * One way in which programs spell a secret: a list of what may stand for each of its letters. A spelling may change from letter to letter, so that
 * no table of the rules of each program is needed: Go leaves other signs of an address as they are than Java does.
 *
 * <p>Matched letter by letter in a loop. A regular expression for a key of some thousand letters would overflow the stack.
 */
final class Spelling {

    /** No secret begins there. */
    static final int NONE = -1;

    /** The text ends before it is known whether a secret begins there. */
    static final int UNFINISHED = Integer.MAX_VALUE;

    /** JSON in JSON in a string of a program: each layer doubles them. */
    private static final int MOST_BACKSLASHES = 8;

    /** Less of a Base64 text would be found by chance. */
    private static final int SHORTEST_CORE = 4;

    /** The same for hexadecimal digits, of which every log is full. */
    private static final int SHORTEST_HEX = 4;

    /** A formatter would be asked a thousand times for one token, which a JVM that has only just started takes a tenth of a second for. */
    private static final HexFormat HEX = HexFormat.of();

    private static final Map<Integer, String> ENTITIES =
            Map.of((int) '<', "lt;", (int) '>', "gt;", (int) '&', "amp;", (int) '"', "quot;", (int) '\'', "apos;");

    private final List<List<String>> letters;
    private final boolean base64;

    private Spelling(List<List<String>> letters, boolean base64) {
        this.letters = letters;
        this.base64 = base64;
    }

    /** All spellings of a secret. */
    static List<Spelling> of(String secret) {
        Map<Integer, List<String>> known = new HashMap<>();
        List<Spelling> all = new ArrayList<>();
        all.add(new Spelling(
                secret.codePoints()
                        .mapToObj(point -> known.computeIfAbsent(point, Spelling::forms))
                        .toList(),
                false));
        Set<Charset> charsets = new LinkedHashSet<>(List.of(StandardCharsets.UTF_8));
        if (StandardCharsets.ISO_8859_1.newEncoder().canEncode(secret)) {
            charsets.add(StandardCharsets.ISO_8859_1); // HTTP's own, before RFC 7617
        }
        Set<String> cores = new LinkedHashSet<>();
        for (Charset charset : charsets) {
            byte[] bytes = secret.getBytes(charset);
            for (int before = 0; before < 3; before++) {
                cores.add(core(bytes, before));
            }
            if (bytes.length >= SHORTEST_HEX) {
                all.add(new Spelling(
                        HEX.formatHex(bytes).chars().mapToObj(Spelling::itself).toList(), false));
            }
        }
        cores.stream()
                .filter(core -> core.length() >= SHORTEST_CORE)
                .map(core -> new Spelling(
                        core.chars().mapToObj(Spelling::base64Forms).toList(), true))
                .forEach(all::add);
        return all;
    }

    /** Those letters of the Base64 of a longer text which depend on the secret alone, after some bytes of something else. */
    private static String core(byte[] secret, int before) {
        byte[] bytes = new byte[before + secret.length];
        System.arraycopy(secret, 0, bytes, before, secret.length);
        String encoded = Base64.getEncoder().withoutPadding().encodeToString(bytes);
        int begin = (8 * before + 5) / 6;
        return encoded.substring(begin, Math.max(begin, 8 * bytes.length / 6));
    }

    private static List<String> itself(int letter) {
        return List.of(Character.toString(letter));
    }

    /** The two alphabets of Base64; it is broken into lines, and its signs are escaped in their turn. */
    private static List<String> base64Forms(int letter) {
        List<String> forms = new ArrayList<>(
                switch (letter) {
                    case '+' -> forms('+');
                    case '/' -> forms('/');
                    default -> itself(letter);
                });
        if (letter == '+') {
            forms.add("-");
        } else if (letter == '/') {
            forms.add("_");
        }
        List.copyOf(forms).forEach(form -> Collections.addAll(forms, "\n" + form, "\\n" + form));
        return forms;
    }

    /** What may stand for a letter beside itself with backslashes before it. */
    private static List<String> forms(int point) {
        String letter = Character.toString(point);
        Set<String> forms = new LinkedHashSet<>(List.of(letter));
        addBytes(forms, letter.getBytes(StandardCharsets.UTF_8));
        if (point < 0x100) {
            addBytes(forms, letter.getBytes(StandardCharsets.ISO_8859_1));
        }
        forms.add(letter.chars()
                .mapToObj(unit -> "\\u" + HEX.toHexDigits((char) unit))
                .collect(Collectors.joining()));
        forms.add("\\U" + HEX.toHexDigits(point));
        String hex = Integer.toHexString(point);
        forms.add("\\u{" + hex + "}");
        for (String and : List.of("&", "&amp;")) {
            for (String number : List.of("#" + point, "#0" + point, "#x" + hex, "#x0" + hex)) {
                forms.add(and + number + ";");
            }
            if (ENTITIES.containsKey(point)) {
                forms.add(and + ENTITIES.get(point));
            }
        }
        switch (point) {
            case ' ' -> forms.add("+");
            case '\'' -> Collections.addAll(forms, "'\\''", "'\"'\"'", "''");
            case '"' -> forms.add("\"\"");
            case '\n' -> forms.add("\\n");
            case '\t' -> forms.add("\\t");
            default -> {
                if (point >= 0x80) {
                    // A program, or a terminal, that does not know the letter.
                    for (int count = 1; count <= letter.getBytes(StandardCharsets.UTF_8).length; count++) {
                        Collections.addAll(forms, "?".repeat(count), "\uFFFD".repeat(count));
                    }
                }
            }
        }
        return List.copyOf(forms);
    }

    private static void addBytes(Set<String> forms, byte[] bytes) {
        for (String before : List.of("%", "%25", "%2525", "\\x")) {
            StringBuilder form = new StringBuilder();
            for (byte value : bytes) {
                form.append(before).append(HEX.toHexDigits(value));
            }
            forms.add(form.toString());
        }
        StringBuilder octal = new StringBuilder();
        for (byte value : bytes) {
            octal.append('\\');
            for (int shift = 6; shift >= 0; shift -= 3) {
                octal.append((value & 0xff) >> shift & 7);
            }
        }
        forms.add(octal.toString());
    }

    /** The characters with which it may begin. */
    Set<Character> firsts() {
        Set<Character> firsts = new HashSet<>(Set.of('\\'));
        for (String form : letters.get(0)) {
            char first = form.charAt(0);
            firsts.add(first);
            if (!base64) {
                String letter = String.valueOf(first);
                firsts.add(letter.toLowerCase(Locale.ROOT).charAt(0));
                firsts.add(letter.toUpperCase(Locale.ROOT).charAt(0));
            }
        }
        return firsts;
    }

    /** Where what begins at a place of a text belongs to: of Base64, the letter before holds some bits of the secret too. */
    int begin(String text, int place) {
        return base64 && place > 0 && isBase64(text.charAt(place - 1)) ? place - 1 : place;
    }

    /** Where the secret ends that begins at a place of a text, {@link #NONE} or {@link #UNFINISHED}. */
    int end(String text, int begin) {
        BitSet places = new BitSet();
        places.set(0);
        for (List<String> forms : letters) {
            BitSet next = new BitSet();
            boolean unfinished = false;
            for (int place = places.nextSetBit(0); place >= 0; place = places.nextSetBit(place + 1)) {
                unfinished |= step(text, begin, place, forms, next);
            }
            if (next.isEmpty()) {
                return unfinished ? UNFINISHED : NONE;
            }
            places = next;
        }
        int end = begin + places.length() - 1;
        if (base64 && end < text.length() && isBase64(text.charAt(end))) {
            end++;
            while (end < text.length() && text.charAt(end) == '=') {
                end++;
            }
        }
        return end;
    }

    /** Collects where one letter ends that begins at a place; says whether the text ends within one. */
    private boolean step(String text, int begin, int place, List<String> forms, BitSet ends) {
        boolean unfinished = false;
        int from = begin + place;
        for (int backslashes = 0; backslashes <= MOST_BACKSLASHES; backslashes++) {
            int left = text.length() - from;
            for (String form : forms) {
                if (text.regionMatches(!base64, from, form, 0, form.length())) {
                    ends.set(from - begin + form.length());
                } else if (left < form.length() && text.regionMatches(!base64, from, form, 0, left)) {
                    unfinished = true;
                }
            }
            if (left == 0 || text.charAt(from) != '\\') {
                break;
            }
            from++;
        }
        return unfinished;
    }

    private static boolean isBase64(char letter) {
        return letter < 0x80 && (Character.isLetterOrDigit(letter) || "+/-_".indexOf(letter) >= 0);
    }
}
