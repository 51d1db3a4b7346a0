package io.github.cdkmaven.sim.cluster;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;

/** An address of this machine that stands in for that of a VM. */
public final class LoopbackAddress {

    private LoopbackAddress() {}

    /**
     * One at which a port is free.
     *
     * @param from the least second number of the address
     * @param to the one above the greatest
     */
    public static String free(int from, int to, int port) {
        for (int attempt = 0; attempt < 100; attempt++) {
            ThreadLocalRandom random = ThreadLocalRandom.current();
            String address =
                    "127." + random.nextInt(from, to) + "." + random.nextInt(1, 255) + "." + random.nextInt(1, 255);
            try (ServerSocket probe = new ServerSocket()) {
                probe.bind(new InetSocketAddress(InetAddress.getByName(address), port));
                return address;
            } catch (IOException e) {
                continue;
            }
        }
        throw new IllegalStateException("no loopback address with port " + port + " is free");
    }
}
