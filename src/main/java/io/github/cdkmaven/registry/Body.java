package io.github.cdkmaven.registry;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicLong;

/** Receives the body of an answer piece by piece and counts, so that silence can be told from slowness. */
final class Body implements HttpResponse.BodySubscriber<byte[]> {

    /** More than any manifest; of what is longer, the rest is thrown away. */
    private static final int LARGEST_IN_MEMORY = 8 << 20;

    /** Where the pieces go. */
    private interface Sink {
        void write(ByteBuffer piece) throws IOException;

        byte[] finish() throws IOException;

        void abandon();
    }

    private final CompletableFuture<byte[]> result = new CompletableFuture<>();
    private final Sink sink;
    private final AtomicLong received;
    private Flow.Subscription subscription = new NoSubscription();

    private Body(Sink sink, AtomicLong received) {
        this.sink = sink;
        this.received = received;
    }

    /** Keeps the body in memory. */
    static Body inMemory(AtomicLong received) {
        return new Body(new Memory(), received);
    }

    /** Writes the body to a file, over what is there, and feeds it to a digest on the way; the result is the digest. */
    static Body toFile(Path file, AtomicLong received) throws IOException {
        return new Body(
                new DigestedFile(
                        FileChannel.open(
                                file,
                                StandardOpenOption.CREATE,
                                StandardOpenOption.WRITE,
                                StandardOpenOption.TRUNCATE_EXISTING),
                        Sha256.start()),
                received);
    }

    @Override
    public CompletionStage<byte[]> getBody() {
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
                received.addAndGet(piece.remaining());
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

    private static final class Memory implements Sink {

        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

        @Override
        public void write(ByteBuffer piece) {
            byte[] copy = new byte[Math.min(piece.remaining(), LARGEST_IN_MEMORY - bytes.size())];
            piece.get(copy);
            bytes.writeBytes(copy);
        }

        @Override
        public byte[] finish() {
            return bytes.toByteArray();
        }

        @Override
        public void abandon() {
            bytes.reset();
        }
    }

    private record DigestedFile(FileChannel file, MessageDigest digest) implements Sink {

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
