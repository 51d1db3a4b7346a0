package io.github.cdkmaven.verify;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("allowedImages")
class AllowedImagesTest {

    @ParameterizedTest(name = "{0} is for {1}: {2}")
    @CsvSource({
        "quay.io/team/*, quay.io/team/app:1, true",
        "quay.io/team/*, quay.io/team/deep/app:1, true",
        "quay.io/team/*, quay.io/teams/app:1, false",
        "quay.io/team/app, quay.io/team/app:1, true",
        "quay.io/team/app:1, quay.io/team/app:1, true",
        "quay.io/team/app:1, quay.io/team/app:2, false",
        "quay.io/team/app:?, quay.io/team/app:2, true",
        "docker.io/library/redis, redis:5, true",
        "docker.io/library/redis:5, redis:5, true",
        "redis, docker.io/library/redis:5, false",
        "redis, redis:5, true",
        "' quay.io/* ', quay.io/a/b, true",
        "sha256:bbbb*, sha256:bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb, true",
        "*, anything, true"
    })
    @DisplayName("matches names as written and in full, with and without tag")
    void matches(String pattern, String image, boolean expected) {
        assertThat(new AllowedImages(List.of(pattern)).matches(image)).isEqualTo(expected);
        assertThat(new AllowedImages(List.of("nothing", pattern)).matches(image))
                .isEqualTo(expected);
        assertThat(new AllowedImages(List.of()).matches(image)).isFalse();
    }
}
