package io.github.cdkmaven.sim.minishift;

import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** Reads a process's stdin beside its work, so that the journal can tell whether the caller had closed it. */
final class StandardInput extends InputStream {

    private static final int END = -1;

    private final BlockingQueue<Integer> bytes = new LinkedBlockingQueue<>();
    private final Thread reader;
    private volatile String state = "open";

    StandardInput(InputStream source) {
        reader = new Thread(() -> drain(source), "stdin");
        reader.setDaemon(true);
        reader.start();
    }

    private void drain(InputStream source) {
        try {
            int next = source.read();
            state = next == END ? "closed" : "data";
            while (next != END) {
                bytes.add(next);
                next = source.read();
            }
        } catch (IOException e) {
            state = "closed";
        }
        bytes.add(END);
    }

    @Override
    public int read() throws IOException {
        try {
            int next = bytes.take();
            if (next == END) {
                bytes.add(END);
            }
            return next;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        int next = read();
        if (next == END) {
            return END;
        }
        buffer[offset] = (byte) next;
        return 1;
    }

    /** {@code closed} at its end from the beginning, {@code data} when something came, else {@code open}. */
    String state() {
        try {
            reader.join(TimeUnit.MILLISECONDS.toMillis(20));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return state;
    }
}
