package io.github.cdkmaven.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("The body of an answer")
class BodyTest {

    private static final Flow.Subscription ANY = new Flow.Subscription() {
        @Override
        public void request(long n) {}

        @Override
        public void cancel() {}
    };

    @ParameterizedTest(name = "{0} bytes in pieces of {1}")
    @CsvSource({
        "0, 1",
        "1, 1",
        "4095, 4095",
        "4096, 4096",
        "4097, 4097",
        "4097, 1",
        "12288, 5000",
        "12289, 16384",
        "200000, 200000",
        "200000, 777",
        "500000, 16384"
    })
    @DisplayName("is kept byte by byte, however long it is and however it arrives")
    void isKept(int length, int piece) throws IOException {
        byte[] sent = new byte[length];
        new Random(length).nextBytes(sent);
        AtomicLong received = new AtomicLong();

        assertThat(receive(Body.bytes(length, received), sent, piece)).isEqualTo(sent);
        try (InputStream stream = receive(Body.stream(length, new AtomicLong()), sent, piece)) {
            assertThat(stream.readAllBytes()).isEqualTo(sent);
        }
        assertThat(received).hasValue(length);
    }

    private static <T> T receive(Body<T> body, byte[] sent, int piece) {
        body.onSubscribe(ANY);
        for (int begin = 0; begin < sent.length; begin += piece) {
            body.onNext(List.of(ByteBuffer.wrap(sent, begin, Math.min(piece, sent.length - begin))));
        }
        body.onComplete();
        return body.getBody().toCompletableFuture().join();
    }
}
