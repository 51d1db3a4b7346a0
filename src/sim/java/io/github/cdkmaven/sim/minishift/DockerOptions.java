package io.github.cdkmaven.sim.minishift;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/**
 * The docker daemon's options, as the machine was created with.
 *
 * @param rhel whether the VM is Red Hat's: its unit searches registry.access.redhat.com before anything of the user's
 */
record DockerOptions(
        List<String> arbitrary, List<String> insecure, List<String> mirrors, List<String> env, boolean rhel) {

    static final String SERVICE_NETWORK = "172.30.0.0/16";
    private static final String FIRST_ON_RHEL = "registry.access.redhat.com";

    static DockerOptions of(JsonNode engineOptions, boolean rhel) {
        return new DockerOptions(
                texts(engineOptions.path("ArbitraryFlags")),
                texts(engineOptions.path("InsecureRegistry")),
                texts(engineOptions.path("RegistryMirror")),
                texts(engineOptions.path("Env")),
                rhel);
    }

    private static List<String> texts(JsonNode array) {
        List<String> texts = new ArrayList<>();
        array.forEach(text -> texts.add(text.asText()));
        return List.copyOf(texts);
    }

    /** Registries that a name without one is looked for in, in this order, before docker.io. */
    List<String> added() {
        List<String> added = new ArrayList<>();
        if (rhel) {
            added.add(FIRST_ON_RHEL);
        }
        added.addAll(valuesOf("add-registry"));
        return added;
    }

    boolean blocks(String registry) {
        return valuesOf("block-registry").stream()
                .anyMatch(blocked -> blocked.equals(registry)
                        || blocked.equals("all") && !added().contains(registry)
                        || blocked.equals("public") && registry.equals("docker.io"));
    }

    private List<String> valuesOf(String option) {
        return arbitrary.stream()
                .filter(flag -> flag.startsWith(option + "="))
                .map(flag -> flag.substring(option.length() + 1))
                .toList();
    }

    /** docker takes the whole of 127.0.0.0/8 as insecure, whatever it is told. */
    boolean isInsecure(String registry) {
        String host = registry.replaceFirst(":\\d+$", "");
        return insecure.contains(registry)
                || host.startsWith("127.")
                || host.equals("localhost")
                || insecure.stream().anyMatch(network -> contains(network, host));
    }

    /** Whether a network such as {@code 172.30.0.0/16} holds an address. */
    private static boolean contains(String network, String host) {
        if (!network.matches("[0-9.]+/\\d+") || !host.matches("[0-9]+(\\.[0-9]+){3}")) {
            return false;
        }
        int bits = Integer.parseInt(network.replaceFirst(".*/", ""));
        long mask = bits == 0 ? 0 : -1L << (32 - bits) & 0xffffffffL;
        return (number(network.replaceFirst("/.*", "")) & mask) == (number(host) & mask);
    }

    private static long number(String address) {
        long number = 0;
        for (String part : address.split("\\.")) {
            number = number << 8 | Integer.parseInt(part);
        }
        return number;
    }

    /** A value that holds a blank is what a saved list turns into: dockerd does not understand it and does not start. */
    boolean areBroken() {
        return arbitrary.stream().anyMatch(DockerOptions::hasBlank)
                || insecure.stream().anyMatch(DockerOptions::hasBlank);
    }

    private static boolean hasBlank(String value) {
        return value.contains(" ");
    }

    /** The drop-in {@code 10-machine.conf}, written again at every start. */
    String unitFile(String driver) {
        String gap = " ".repeat(12);
        StringBuilder unit = new StringBuilder("[Service]\nExecStart=\nExecStart=/usr/bin/dockerd-current");
        unit.append(" -H tcp://0.0.0.0:2376 -H unix:///var/run/docker.sock");
        if (rhel) {
            unit.append(gap).append("--authorization-plugin rhel-push-plugin");
        }
        unit.append(gap).append("--selinux-enabled").append(gap).append("--log-driver=journald");
        if (!rhel) {
            unit.append(gap).append("--signature-verification=false");
        }
        unit.append(gap).append("--add-runtime docker-runc=/usr/libexec/docker/docker-runc-current");
        unit.append(gap).append("--default-runtime=docker-runc");
        unit.append(gap).append("--exec-opt native.cgroupdriver=systemd");
        unit.append(gap).append("--userland-proxy-path=/usr/libexec/docker/docker-proxy-current");
        if (rhel) {
            unit.append(gap).append("--add-registry ").append(FIRST_ON_RHEL);
        }
        unit.append(gap).append("--storage-driver overlay2 --tlsverify --tlscacert /etc/docker/ca.pem");
        unit.append(gap).append("--tlscert /etc/docker/server.pem --tlskey /etc/docker/server-key.pem");
        unit.append(gap).append("--label provider=").append(driver).append(' ');
        insecure.forEach(
                registry -> unit.append("--insecure-registry ").append(registry).append(' '));
        mirrors.forEach(
                mirror -> unit.append("--registry-mirror ").append(mirror).append(' '));
        arbitrary.forEach(flag -> unit.append("--").append(flag).append(' '));
        unit.append("\nEnvironment=");
        env.forEach(variable -> unit.append('"').append(variable).append("\" "));
        return unit.append('\n').toString();
    }
}
