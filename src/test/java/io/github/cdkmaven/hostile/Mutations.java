package io.github.cdkmaven.hostile;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/** Makes something else of the JSON of a server: fields that lack, are of another kind, or hold what hurts; bytes that are no JSON at all. */
public final class Mutations {

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private static final List<String> EVIL = List.of(
            "",
            " ",
            "../../secrets/x",
            "../../x?",
            "a b",
            "a\0b",
            "\u001b[31mX",
            "\u009b31mX",
            "<script>alert(1)</script>",
            "{x}",
            "%zz",
            "\u202eabc",
            "a\n[INFO] BUILD SUCCESS",
            "\ud800",
            "//evil/x",
            "?x=y",
            "#f",
            "a|b",
            "$(id)",
            "a:b:c",
            "@",
            "x@sha256:",
            "registry.access.redhat.com/",
            "registry.access.redhat.com/a:b@sha256:" + "0".repeat(64),
            "REGISTRY/UPPER:TAG",
            "ü",
            "true",
            "Success");

    private static final int[] STATUSES = {
        200, 200, 200, 201, 204, 302, 400, 401, 403, 404, 409, 422, 429, 500, 503, 599
    };

    private final SplittableRandom random;
    private final StringBuilder told = new StringBuilder();

    /** The same mutations for the same seed. */
    public Mutations(long seed) {
        // Unlike Random, it begins differently for neighbouring seeds.
        random = new SplittableRandom(seed);
    }

    /** An answer. */
    public record Answer(int status, byte[] body) {}

    /** What was done, in words. */
    public String told() {
        return told.toString();
    }

    public boolean chance(int oneOf) {
        return random.nextInt(oneOf) == 0;
    }

    public int below(int bound) {
        return random.nextInt(bound);
    }

    /** A mutated copy of an answer. */
    public Answer answer(int status, JsonNode body) {
        JsonNode copy = body.deepCopy();
        int times = 1 + random.nextInt(4);
        for (int i = 0; i < times; i++) {
            mutate(copy);
        }
        int other = random.nextInt(6) == 0 ? STATUSES[random.nextInt(STATUSES.length)] : status;
        told.append(" -> ").append(other).append(';');
        return new Answer(other, bytes(copy));
    }

    private record Spot(JsonNode parent, String field, int index, int depth) {}

    private void mutate(JsonNode tree) {
        List<Spot> spots = new ArrayList<>();
        collect(tree, 1, spots);
        if (spots.isEmpty()) {
            return;
        }
        // The shallow ones are too seldom hit by chance.
        int deepest = random.nextInt(3) == 0 ? 1 + random.nextInt(5) : Integer.MAX_VALUE;
        List<Spot> candidates =
                spots.stream().filter(spot -> spot.depth() <= deepest).toList();
        Spot spot = candidates.get(random.nextInt(candidates.size()));
        int what = random.nextInt(8);
        told.append(' ')
                .append(spot.field())
                .append('#')
                .append(spot.index())
                .append('/')
                .append(what);
        if (spot.parent() instanceof ObjectNode object) {
            switch (what) {
                case 0, 1 -> object.remove(spot.field());
                default -> object.set(spot.field(), evil());
            }
        } else if (spot.parent() instanceof ArrayNode array) {
            switch (what) {
                case 0 -> array.remove(spot.index());
                case 1 ->
                    array.insert(
                            random.nextInt(array.size() + 1),
                            array.get(spot.index()).deepCopy());
                case 2 -> array.add(array.remove(0));
                default -> array.set(spot.index(), evil());
            }
        }
    }

    private static void collect(JsonNode node, int depth, List<Spot> spots) {
        if (node instanceof ObjectNode object) {
            object.properties().forEach(field -> {
                spots.add(new Spot(object, field.getKey(), -1, depth));
                collect(field.getValue(), depth + 1, spots);
            });
        } else if (node instanceof ArrayNode array) {
            for (int i = 0; i < array.size(); i++) {
                spots.add(new Spot(array, "", i, depth));
                collect(array.get(i), depth + 1, spots);
            }
        }
    }

    private JsonNode evil() {
        return switch (random.nextInt(12)) {
            case 0 -> JSON.nullNode();
            case 1 -> JSON.numberNode(random.nextInt());
            case 2 -> JSON.booleanNode(random.nextBoolean());
            case 3 -> JSON.arrayNode().add(1).addNull();
            case 4 -> JSON.objectNode().put("x", 1);
            case 5 -> JSON.objectNode();
            case 6 -> JSON.arrayNode();
            case 7 -> JSON.textNode("a".repeat(1 << random.nextInt(17)));
            case 8 -> JSON.textNode("a/".repeat(1 << random.nextInt(15)) + "a");
            case 9 -> JSON.numberNode(-1e300);
            default -> JSON.textNode(EVIL.get(random.nextInt(EVIL.size())));
        };
    }

    /** Mostly the tree as it is. */
    private byte[] bytes(JsonNode tree) {
        String text = tree.toString();
        byte[] plain = text.getBytes(StandardCharsets.UTF_8);
        int what = random.nextInt(60);
        told.append(what < 12 ? " bytes " + what : "");
        return switch (what) {
            case 0 -> Arrays.copyOf(plain, random.nextInt(plain.length));
            case 1 -> {
                plain[random.nextInt(plain.length)] = (byte) random.nextInt(256);
                yield plain;
            }
            case 2 -> text.getBytes(StandardCharsets.UTF_16);
            case 3 -> text.getBytes(Charset.forName("UTF-32BE"));
            case 4 -> ("\ufeff" + text).getBytes(StandardCharsets.UTF_8);
            case 5 -> new byte[0];
            case 6 -> "<html>login</html>".getBytes(StandardCharsets.UTF_8);
            case 7 -> new byte[] {0, 0, -1, -1, 0, 0, 0, 0};
            case 8 -> "[".repeat(5_000).getBytes(StandardCharsets.UTF_8);
            case 9 -> (text + text).getBytes(StandardCharsets.UTF_8);
            case 10 -> text.replaceFirst("\\{", "{\"kind\": \"x\", ").getBytes(StandardCharsets.UTF_8);
            case 11 -> "null".getBytes(StandardCharsets.UTF_8);
            default -> plain;
        };
    }
}
