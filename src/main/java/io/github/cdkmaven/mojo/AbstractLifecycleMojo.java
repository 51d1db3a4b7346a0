package io.github.cdkmaven.mojo;

import java.util.Optional;
import org.apache.maven.plugins.annotations.Parameter;
import org.apache.maven.settings.crypto.SettingsDecrypter;

/** A goal that serves integration tests, and so has nothing to do where they are left out. */
abstract class AbstractLifecycleMojo extends AbstractCdkMojo {

    AbstractLifecycleMojo(SettingsDecrypter decrypter) {
        super(decrypter);
    }

    /** What Maven's own test plugins call it; where it is set, the goal is skipped unless called by hand. */
    @Parameter(property = "skipTests", defaultValue = "false", readonly = true)
    boolean skipTests;

    /** The same for integration tests. */
    @Parameter(property = "skipITs", defaultValue = "false", readonly = true)
    boolean skipITs;

    /** The same, and tests are not even compiled. */
    @Parameter(property = "maven.test.skip", defaultValue = "false", readonly = true)
    boolean mavenTestSkip;

    @Override
    Optional<String> reasonToSkip() {
        Optional<String> tests = skipTests
                ? Optional.of("skipTests is set")
                : skipITs
                        ? Optional.of("skipITs is set")
                        : mavenTestSkip ? Optional.of("maven.test.skip is set") : Optional.empty();
        return super.reasonToSkip().or(() -> isBound() ? tests : Optional.empty());
    }
}
