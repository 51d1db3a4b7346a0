package io.github.cdkmaven.minishift;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cdkmaven.engine.Proxies;
import io.github.cdkmaven.registry.Registries;
import io.github.cdkmaven.registry.Registry;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("What minishift shows to others in spite of all settings")
class StartWarningsTest {

    private static final MachineFiles FILES = new MachineFiles(Path.of("/home/jane/.minishift"), "ci");

    @Test
    @DisplayName("is nothing for most starts, with a proxy that wants no password too")
    void nothing() {
        assertThat(told("1.34.1+0\nCDK v3.10.0-1", Optional.empty())).isEmpty();
        assertThat(told("1.34.1+0\nCDK v3.10.0-1", Optional.of("http://proxy.corp.example:3128")))
                .isEmpty();
    }

    @Test
    @DisplayName("is a look at github.com up to 1.16, with how to keep it inside")
    void looksAtGithub() {
        assertThat(told("1.15.1+0\nCDK v3.4.0-2", Optional.empty()))
                .singleElement()
                .asString()
                .contains("CDK 3.4.0-2 (minishift 1.15.1) contacts github.com")
                .contains("'127.0.0.1 github.com' in this machine's hosts file");
    }

    @Test
    @DisplayName("is the proxy's password, told of without it")
    void keepsThePassword() {
        assertThat(told("1.34.1+0\nCDK v3.10.0-1", Optional.of("http://build:hunter2@proxy.corp.example:3128")))
                .singleElement()
                .asString()
                .contains("/home/jane/.minishift/profiles/ci/machines/ci/config.json")
                .doesNotContain("hunter2");
    }

    private static List<String> told(String version, Optional<String> proxy) {
        StartSettings settings = StartSettings.of(Registries.of(Registry.to("registry.corp.example:5000")))
                .with(new Proxies(proxy, Optional.empty(), List.of()), Optional.empty());
        return StartWarnings.of(MinishiftVersion.parse("minishift v" + version + "\n"), settings, FILES);
    }
}
