package io.github.cdkmaven.registry;

import java.net.http.HttpHeaders;
import java.net.http.HttpResponse;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks again, with growing pauses, after what may pass: 429, 502, 503, 504 and lost connections. */
final class Retry {

    /** One try. */
    interface Attempt {
        HttpResponse<byte[]> run() throws RegistryException;
    }

    private static final Logger LOGGER = LoggerFactory.getLogger(Retry.class);
    private static final int MOST_ATTEMPTS = 4;
    private static final Set<Integer> PASSING = Set.of(429, 502, 503, 504);

    private final Duration firstPause;

    Retry(Duration firstPause) {
        this.firstPause = firstPause;
    }

    /** Whether a status may be another one soon. */
    static boolean worthwhile(int status) {
        return PASSING.contains(status);
    }

    /** The first lasting answer, or the last passing one when attempts or time are used up. */
    HttpResponse<byte[]> run(Attempt attempt, TimeLeft time) throws RegistryException {
        for (int number = 1; ; number++) {
            Duration pause = pause(number);
            try {
                HttpResponse<byte[]> response = attempt.run();
                if (!worthwhile(response.statusCode())) {
                    return response;
                }
                pause = after(response.headers()).orElse(pause);
                if (number == MOST_ATTEMPTS || !time.allows(pause)) {
                    return response;
                }
                LOGGER.debug("{} from {}, asking again in {}", response.statusCode(), response.uri(), pause);
            } catch (ConnectionLostException e) {
                if (number == MOST_ATTEMPTS || !time.allows(pause)) {
                    throw e;
                }
                LOGGER.debug("{}, asking again in {}", e.getMessage(), pause);
            }
            sleep(pause);
        }
    }

    /** {@code Retry-After}, in seconds or as a date. */
    static Optional<Duration> after(HttpHeaders headers) {
        return headers.firstValue("Retry-After").flatMap(Retry::parse);
    }

    private static Optional<Duration> parse(String value) {
        try {
            return Optional.of(Duration.ofSeconds(Math.max(0, Integer.parseInt(value.trim()))));
        } catch (NumberFormatException notSeconds) {
            try {
                ZonedDateTime date = ZonedDateTime.parse(value.trim(), DateTimeFormatter.RFC_1123_DATE_TIME);
                Duration wait = Duration.between(ZonedDateTime.now(date.getZone()), date);
                return Optional.of(wait.isNegative() ? Duration.ZERO : wait);
            } catch (DateTimeException notDate) {
                return Optional.empty();
            }
        }
    }

    /** Doubled each time, and stretched by up to half, so that parallel lanes do not come back together. */
    private Duration pause(int attempt) {
        long nanos = firstPause.toNanos() << (attempt - 1);
        return Duration.ofNanos(nanos + ThreadLocalRandom.current().nextLong(nanos / 2 + 1));
    }

    private static void sleep(Duration pause) throws RegistryException {
        try {
            TimeUnit.NANOSECONDS.sleep(pause.toNanos());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new RegistryException(new RegistryFailure.Unreachable("interrupted"), e);
        }
    }
}
