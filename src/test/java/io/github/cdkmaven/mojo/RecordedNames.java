package io.github.cdkmaven.mojo;

import java.security.Permission;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.regex.Pattern;

/** Records every host name that this JVM looks up: the one place before the resolver where Java 17 asks. */
@SuppressWarnings("removal")
final class RecordedNames extends SecurityManager implements AutoCloseable {

    /** What {@code InetAddress} passes as the port of a look-up. */
    private static final int LOOK_UP = -1;

    /** Addresses come by here too; nobody is asked for them. */
    private static final Pattern ADDRESS = Pattern.compile("[0-9.]+|.*:.*");

    private final Set<String> names = new ConcurrentSkipListSet<>();

    /** Records from now on, until closed. */
    static RecordedNames start() {
        RecordedNames names = new RecordedNames();
        System.setSecurityManager(names);
        return names;
    }

    Set<String> names() {
        return Set.copyOf(names);
    }

    @Override
    public void checkConnect(String host, int port) {
        if (port == LOOK_UP && !ADDRESS.matcher(host).matches()) {
            names.add(host);
        }
    }

    @Override
    public void checkConnect(String host, int port, Object context) {
        checkConnect(host, port);
    }

    @Override
    public void checkPermission(Permission permission) {
        // Everything is allowed.
    }

    @Override
    public void checkPermission(Permission permission, Object context) {
        // Everything is allowed.
    }

    @Override
    public void close() {
        System.setSecurityManager(null);
    }
}
