package io.github.cdkmaven.registry;

/**
 * Who pulls images, each by rules of its own. Docker and OpenShift's importer share the client of docker/distribution, which heeds the
 * challenge of {@code /v2/} alone, and of several schemes in one {@code WWW-Authenticate} header none (measured on OpenShift 3.9).
 */
public enum Party {
    /** This plugin. */
    JVM("this JVM", true, true, false),
    /** Docker in the VM, which does not even ask where Basic is wanted and it has no login. */
    DOCKER("docker in the VM", false, false, false),
    /** OpenShift's importer, which asks once more as nobody where its login is refused. */
    IMPORTER("OpenShift's importer", false, true, true);

    private final String words;
    private final boolean heedsEveryChallenge;
    private final boolean asksWithoutLogin;
    private final boolean asksAgainAsNobody;

    Party(String words, boolean heedsEveryChallenge, boolean asksWithoutLogin, boolean asksAgainAsNobody) {
        this.words = words;
        this.heedsEveryChallenge = heedsEveryChallenge;
        this.asksWithoutLogin = asksWithoutLogin;
        this.asksAgainAsNobody = asksAgainAsNobody;
    }

    /** Who it is, as a subject. */
    public String words() {
        return words;
    }

    /** Whether it reads every scheme of every 401; else what {@code /v2/} asks for by one scheme in a header. */
    boolean heedsEveryChallenge() {
        return heedsEveryChallenge;
    }

    /** Whether it asks a registry that wants Basic though it has no login. */
    boolean asksWithoutLogin() {
        return asksWithoutLogin;
    }

    /** Whether it asks once more without the login that was refused. */
    boolean asksAgainAsNobody() {
        return asksAgainAsNobody;
    }
}
