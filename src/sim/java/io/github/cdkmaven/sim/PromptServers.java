package io.github.cdkmaven.sim;

/**
 * Makes the JDK's HTTP servers send each answer at once.
 *
 * <p>They read {@code sun.net.httpserver.nodelay} once, when the first server of the JVM is made. Without it the end of an answer waits
 * 40 ms for the client's acknowledgement of its beginning, so whoever makes a server calls this before.
 */
public final class PromptServers {

    private PromptServers() {}

    public static void please() {
        System.setProperty("sun.net.httpserver.nodelay", "true");
    }
}
