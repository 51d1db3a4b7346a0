package io.github.cdkmaven.docs;

import java.io.DataInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The texts of the plugin, each as a whole: a concatenation in the source is one constant in the class file, with {@code \1} where a value
 * is put in.
 */
final class MessageTexts {

    /** How the pages write a value that differs from one message to the next. */
    private static final String VALUE = "…";

    private static final Pattern PLACE = Pattern.compile("[\\x01\\x02]|%[sd]|" + VALUE);

    /** What is shorter says too little to tell one message from another. */
    private static final int LEAST = 12;

    private final List<String> texts = new ArrayList<>();

    private MessageTexts() {}

    /** Those of all classes below a folder. */
    static MessageTexts of(Path classes) throws IOException {
        MessageTexts all = new MessageTexts();
        try (Stream<Path> files = Files.walk(classes)) {
            for (Path file :
                    files.filter(path -> path.toString().endsWith(".class")).toList()) {
                try (DataInputStream in = new DataInputStream(Files.newInputStream(file))) {
                    all.read(in);
                }
            }
        }
        return all;
    }

    /** The constant pool, of which only the texts matter; see the Java Virtual Machine Specification, 4.4. */
    private void read(DataInputStream in) throws IOException {
        in.skipNBytes(8);
        int count = in.readUnsignedShort();
        for (int i = 1; i < count; i++) {
            int tag = in.readUnsignedByte();
            switch (tag) {
                case 1 -> texts.add(in.readUTF());
                case 3, 4, 9, 10, 11, 12, 17, 18 -> in.skipNBytes(4);
                case 5, 6 -> {
                    in.skipNBytes(8);
                    i++;
                }
                case 15 -> in.skipNBytes(3);
                default -> in.skipNBytes(2);
            }
        }
    }

    /** Whether one of the texts is a message or has it in it; either may have a value where the other has a placeholder. */
    boolean has(String message) {
        Pattern wanted = pattern(message);
        return texts.stream()
                .filter(text -> PLACE.matcher(text).replaceAll("").length() >= LEAST)
                .anyMatch(text -> wanted.matcher(text).find()
                        || pattern(text).matcher(message).matches());
    }

    private static Pattern pattern(String text) {
        return Pattern.compile(
                Stream.of(PLACE.split(text, -1)).map(Pattern::quote).collect(Collectors.joining(".*")), Pattern.DOTALL);
    }
}
