package io.github.cdkmaven.http;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;

/**
 * Receives the body of an answer piece by piece, up to a limit, and counts, so that silence can be told from slowness.
 *
 * <p>A body beyond its limit ends the connection with a {@link BodyTooLargeException}.
 *
 * @param <T> what becomes of the body
 */
public final class Body<T> implements HttpResponse.BodySubscriber<T> {

    /** Where the pieces go. */
    private interface Sink<T> {
        void write(ByteBuffer piece) throws IOException;

        T finish() throws IOException;

        void abandon();
    }

    private final CompletableFuture<T> result = new CompletableFuture<>();
    private final Sink<T> sink;
    private final long limit;
    private final AtomicLong received;
    private Flow.Subscription subscription = new NoSubscription();

    private Body(Sink<T> sink, long limit, AtomicLong received) {
        this.sink = sink;
        this.limit = limit;
        this.received = received;
    }

    /** Keeps the body in memory as one array. */
    public static Body<byte[]> bytes(long limit, AtomicLong received) {
        return new Body<>(new Memory<>(Memory::joined), limit, received);
    }

    /** Keeps the body in memory, to be read once; unlike an array it never needs twice its own size. */
    public static Body<InputStream> stream(long limit, AtomicLong received) {
        return new Body<>(new Memory<>(Memory::stream), limit, received);
    }

    /** Writes the body to a file, over what is there, and feeds it to a digest on the way; the result is the digest. */
    public static Body<byte[]> toFile(Path file, long limit, MessageDigest digest, AtomicLong received)
            throws IOException {
        FileChannel channel = FileChannel.open(
                file, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING);
        return new Body<>(new DigestedFile(channel, digest), limit, received);
    }

    @Override
    public CompletionStage<T> getBody() {
        return result;
    }

    @Override
    public void onSubscribe(Flow.Subscription given) {
        subscription = given;
        subscription.request(1);
    }

    @Override
    public void onNext(List<ByteBuffer> pieces) {
        try {
            for (ByteBuffer piece : pieces) {
                if (received.addAndGet(piece.remaining()) > limit) {
                    subscription.cancel();
                    onError(new BodyTooLargeException(limit));
                    return;
                }
                sink.write(piece);
            }
            subscription.request(1);
        } catch (IOException e) {
            subscription.cancel();
            // Unchecked, to be told from a connection that was lost.
            onError(new UncheckedIOException(e));
        }
    }

    @Override
    public void onError(Throwable failure) {
        sink.abandon();
        result.completeExceptionally(failure);
    }

    @Override
    public void onComplete() {
        try {
            result.complete(sink.finish());
        } catch (IOException e) {
            result.completeExceptionally(new UncheckedIOException(e));
        }
    }

    /** Copies of the pieces: the client's own buffers may be much larger than what arrived in them. */
    private static final class Memory<T> implements Sink<T> {

        private static final int SMALLEST = 1 << 12;
        private static final int LARGEST = 1 << 16;

        private final Function<List<ByteBuffer>, T> form;
        private final List<ByteBuffer> segments = new ArrayList<>();

        Memory(Function<List<ByteBuffer>, T> form) {
            this.form = form;
        }

        @Override
        public void write(ByteBuffer piece) {
            while (piece.hasRemaining()) {
                if (segments.isEmpty() || !last().hasRemaining()) {
                    // Most answers are short.
                    int size = segments.isEmpty() ? SMALLEST : Math.min(LARGEST, 2 * last().capacity());
                    segments.add(ByteBuffer.allocate(size));
                }
                ByteBuffer room = last();
                int length = Math.min(room.remaining(), piece.remaining());
                room.put(piece.slice(piece.position(), length));
                piece.position(piece.position() + length);
            }
        }

        private ByteBuffer last() {
            return segments.get(segments.size() - 1);
        }

        @Override
        public T finish() {
            segments.forEach(ByteBuffer::flip);
            return form.apply(segments);
        }

        @Override
        public void abandon() {
            segments.clear();
        }

        static byte[] joined(List<ByteBuffer> segments) {
            ByteBuffer all = ByteBuffer.allocate(
                    segments.stream().mapToInt(ByteBuffer::remaining).sum());
            segments.forEach(all::put);
            return all.array();
        }

        static InputStream stream(List<ByteBuffer> segments) {
            return new SequenceInputStream(Collections.enumeration(segments.stream()
                    .map(segment -> new ByteArrayInputStream(segment.array(), 0, segment.limit()))
                    .toList()));
        }
    }

    private record DigestedFile(FileChannel file, MessageDigest digest) implements Sink<byte[]> {

        @Override
        public void write(ByteBuffer piece) throws IOException {
            digest.update(piece.duplicate());
            while (piece.hasRemaining()) {
                file.write(piece);
            }
        }

        @Override
        public byte[] finish() throws IOException {
            file.force(true);
            file.close();
            return digest.digest();
        }

        @Override
        public void abandon() {
            try {
                file.close();
            } catch (IOException e) {
                // The file is about to be thrown away.
            }
        }
    }

    private static final class NoSubscription implements Flow.Subscription {

        @Override
        public void request(long n) {}

        @Override
        public void cancel() {}
    }
}
