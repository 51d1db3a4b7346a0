package io.github.cdkmaven.crc;

import io.github.cdkmaven.engine.Version;
import io.github.cdkmaven.problem.Problem;
import java.util.List;

/**
 * What a range of crc versions has in common, where others differ.
 *
 * @param since the first version of the range; it ends where the next one begins
 * @param network how the VM is reached on Linux where nobody has chosen (crc {@code pkg/crc/config/settings.go})
 * @param socket where the daemon listens, in crc's folder
 * @param memory the least memory of a VM with OpenShift, in MiB, which is what it gets by default (crc {@code pkg/crc/constants})
 * @param checksKubeletUnit whether the machine-config operator of its bundle compares the state of the kubelet's unit with the rendered one: the
 *     bundle disables the unit, so that the pool may become degraded and then brings no setting to the VM any more
 * @param source where the row comes from
 */
record Generation(Version since, Network network, String socket, int memory, boolean checksKubeletUnit, String source) {

    /** The ways to the VM. */
    enum Network {
        /** crc's daemon forwards ports of 127.0.0.1. */
        USER("user"),
        /** libvirt's network {@code crc}; the VM is 192.168.130.11. */
        SYSTEM("system");

        private final String word;

        Network(String word) {
            this.word = word;
        }

        /** Reads the value of the setting {@code network-mode}, with its older names; anything else is the default. */
        static Network of(String value, Network otherwise) {
            return switch (value) {
                case "user", "vsock" -> USER;
                case "system", "default" -> SYSTEM;
                default -> otherwise;
            };
        }

        @Override
        public String toString() {
            return word;
        }
    }

    /** The newest crc that this plugin knows; what comes after it is driven like it, with a warning. */
    static final Version NEWEST = Version.of("2.62.0");

    private static final String SOCKET = "crc-http.sock";

    /** All generations, oldest first. */
    static final List<Generation> TABLE = List.of(
            new Generation(
                    Version.of("2.20.0"),
                    Network.SYSTEM,
                    SOCKET,
                    9216,
                    false,
                    "OpenShift 4.13, the first with mirror sets"),
            new Generation(Version.of("2.37.0"), Network.SYSTEM, SOCKET, 10752, false, "memory 9216 -> 10752"),
            new Generation(Version.of("2.47.0"), Network.USER, SOCKET, 10752, false, "network mode user on Linux"),
            new Generation(
                    Version.of("2.59.0"),
                    Network.USER,
                    SOCKET,
                    10752,
                    true,
                    "OpenShift 4.21.4, MCO on_disk_validation.go"),
            new Generation(
                    Version.of("2.62.0"),
                    Network.USER,
                    "sockets/" + SOCKET,
                    10752,
                    true,
                    "sockets in a folder of their own"));

    /**
     * The generation that a crc belongs to.
     *
     * @throws io.github.cdkmaven.problem.ProblemException if it is older than every row
     */
    static Generation of(CrcVersion product) {
        return TABLE.stream()
                .filter(row -> product.crc().isAtLeast(row.since()))
                .reduce((older, newer) -> newer)
                .orElseThrow(() -> Problem.of(
                                "crc " + product.crc() + " is too old: the oldest that can be driven is crc "
                                        + TABLE.get(0).since() + " (OpenShift 4.13).",
                                "<crc> or -Dcdk.crc=… with a newer OpenShift Local")
                        .toException());
    }

    /** Whether a product is newer than what this table was made from. */
    static boolean isUnknown(CrcVersion product) {
        return product.crc().compareTo(NEWEST) > 0 && !product.crc().isIn(NEWEST.major(), NEWEST.minor());
    }
}
