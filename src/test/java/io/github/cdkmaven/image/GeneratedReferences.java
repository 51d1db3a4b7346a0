package io.github.cdkmaven.image;

import java.util.List;
import java.util.Random;

/** Makes valid image references, many of them close to the names that the rules of the tests are about; the same ones for the same seed. */
final class GeneratedReferences {

    private static final List<String> HOSTS = List.of(
            "registry.redhat.io",
            "registry.access.redhat.com",
            "registry.redhat.io.corp",
            "docker.io",
            "index.docker.io",
            "registry-1.docker.io",
            "mydocker.io.corp",
            "quay.io",
            "quay.io:443",
            "localhost",
            "localhost:5000",
            "registry:5000",
            "registry.corp",
            "registry.corp:5000",
            "registry.corp:50001",
            "127.0.0.1:5000",
            "my_reg.corp");
    private static final List<String> WORDS = List.of(
            "library", "team", "tea", "teams", "mirror", "mirrors", "rhscl", "openshift3", "mysql", "x", "quay.io");
    private static final List<String> JOINS = List.of(".", "_", "__", "-", "--");

    private final Random random;

    GeneratedReferences(long seed) {
        this.random = new Random(seed);
    }

    String next() {
        StringBuilder text = new StringBuilder();
        if (random.nextInt(5) > 0) {
            text.append(pick(HOSTS)).append('/');
        }
        // A first component with a dot would be a registry.
        text.append(text.isEmpty() ? "team" + random.nextInt(10) : component());
        for (int more = random.nextInt(4); more > 0; more--) {
            text.append('/').append(component());
        }
        if (random.nextInt(3) > 0) {
            text.append(':').append(random.nextInt(20)).append(pick(JOINS)).append("Rc");
        }
        if (random.nextInt(4) == 0) {
            text.append("@sha256:").append(String.format("%064x", random.nextLong() >>> 1));
        }
        return text.toString();
    }

    private String component() {
        return random.nextBoolean() ? pick(WORDS) : pick(WORDS) + pick(JOINS) + random.nextInt(100);
    }

    private String pick(List<String> of) {
        return of.get(random.nextInt(of.size()));
    }
}
