package io.github.cdkmaven.world;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cdkmaven.sim.registry.ServedRequest;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.sonatype.plexus.components.cipher.DefaultPlexusCipher;

/**
 * Files of settings whose password is encrypted by Maven's own ciphers, made anew for each run; for the script of a project.
 *
 * <p>{@code settings-3.xml} is what {@code mvn --encrypt-password} gives, {@code settings-4.xml} what {@code mvnenc} of Maven 4 gives.
 * Beside them lie the files with the right master password, with a wrong one, and, named but not there, the missing one.
 */
public final class EncryptedSettings {

    /** The registry's password; a log that shows it has let it out. */
    public static final String PASSWORD = "canary-of-the-registry";

    private static final String RIGHT = "right";
    private static final String WRONG = "wrong";
    private static final String MISSING = "missing";

    private final Path folder;

    public EncryptedSettings(Path folder) {
        this.folder = folder;
    }

    /** Writes all of them beside the POM. */
    public void write() throws Exception {
        DefaultPlexusCipher cipher = new DefaultPlexusCipher();
        for (String master : List.of(RIGHT, WRONG)) {
            // Maven 3 hides the master password with a password that everybody knows.
            Files.writeString(
                    folder.resolve("security-" + master + ".xml"),
                    "<settingsSecurity><master>" + cipher.encryptAndDecorate(master, "settings.security")
                            + "</master></settingsSecurity>");
            Files.writeString(folder.resolve("master-" + master), master);
        }
        for (String master : List.of(RIGHT, WRONG, MISSING)) {
            Files.writeString(folder.resolve("security4-" + master + ".xml"), security4(master));
        }
        settings("settings-3.xml", cipher.encryptAndDecorate(PASSWORD, RIGHT));
        settings("settings-4.xml", encryptedByMaven4());
    }

    private String security4(String master) {
        return """
                <settingsSecurity>
                  <modelVersion>4.0.0</modelVersion>
                  <defaultDispatcher>master</defaultDispatcher>
                  <configurations>
                    <configuration>
                      <name>master</name>
                      <properties>
                        <property><name>source</name><value>file:%s</value></property>
                        <property><name>cipher</name><value>AES/GCM/NoPadding</value></property>
                      </properties>
                    </configuration>
                  </configurations>
                </settingsSecurity>
                """.formatted(folder.resolve("master-" + master));
    }

    /** With the classes of the distribution itself: no version of them has to be on the class path of the tests. */
    private String encryptedByMaven4() throws Exception {
        try (URLClassLoader maven = new URLClassLoader(libraries(), ClassLoader.getPlatformClassLoader())) {
            String internal = "org.codehaus.plexus.components.secdispatcher.internal.";
            Object cipher = maven.loadClass(internal + "cipher.AESGCMNoPadding")
                    .getConstructor()
                    .newInstance();
            Object file = maven.loadClass(internal + "sources.FileMasterSource")
                    .getConstructor()
                    .newInstance();
            Object master = maven.loadClass(internal + "dispatchers.MasterDispatcher")
                    .getConstructor(Map.class, Map.class)
                    .newInstance(Map.of("AES/GCM/NoPadding", cipher), Map.of("file", file));
            Object dispatcher = maven.loadClass(internal + "DefaultSecDispatcher")
                    .getConstructor(Map.class, Path.class)
                    .newInstance(Map.of("master", master), folder.resolve("security4-right.xml"));
            return (String) dispatcher
                    .getClass()
                    .getMethod("encrypt", String.class, Map.class)
                    .invoke(dispatcher, PASSWORD, null);
        }
    }

    private URL[] libraries() throws IOException {
        try (Stream<Path> files = Files.list(folder.resolve("../../maven/apache-maven-4.0.0-rc-6/lib"))) {
            List<Path> jars =
                    files.filter(file -> file.toString().endsWith(".jar")).toList();
            URL[] urls = new URL[jars.size()];
            for (int i = 0; i < urls.length; i++) {
                urls[i] = jars.get(i).toUri().toURL();
            }
            return urls;
        }
    }

    private void settings(String name, String password) throws IOException {
        String common = Files.readString(folder.resolve("../interpolated-settings.xml"));
        Files.writeString(
                folder.resolve(name),
                common.replace(
                        "</settings>",
                        "<servers><server><id>corp-registry</id><username>jane</username><password>" + password
                                + "</password></server></servers></settings>"));
    }

    /** What each of the runs in the project's {@code invoker.properties} has to show. */
    public static void assertShown(InvokedBuild build) {
        List<String> logs = build.logs();
        assertThat(logs).hasSize(12);
        assertThat(build.log()).doesNotContain(PASSWORD).doesNotContain("canary-in-the-pom");

        for (int loggedIn : List.of(0, 3, 6)) {
            assertThat(logs.get(loggedIn)).contains("cdk:preflight passed after");
        }
        for (int refusedByThePlugin : List.of(1, 2, 9)) {
            assertThat(logs.get(refusedByThePlugin))
                    .contains("The password of <server> 'corp-registry' in settings.xml could not be decrypted.")
                    .contains("Fix: check the master password in ~/.m2/settings-security.xml")
                    .contains("'mvn --encrypt-password'");
        }
        for (int refusedByMaven4 : List.of(4, 5, 7, 8)) {
            assertThat(logs.get(refusedByMaven4))
                    .contains("Error building settings")
                    .contains("Could not decrypt password")
                    .doesNotContain("cdk:");
        }
        for (int passwordInThePom : List.of(10, 11)) {
            assertThat(logs.get(passwordInThePom))
                    .contains("A password does not belong in the POM")
                    .contains("<registryPassword>")
                    .contains("<registryServerId>");
        }

        assertThat(build.registry().requests().stream()
                        .filter(request -> request.authorization().isPresent())
                        .map(ServedRequest::status))
                .as("answers to the password")
                .contains(200)
                .doesNotContain(401);
        assertThat(build.cdk().journal().changingCalls()).isEmpty();
        assertThat(build.cdk().status()).contains("Does Not Exist");
    }
}
