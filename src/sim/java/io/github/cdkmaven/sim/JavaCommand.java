package io.github.cdkmaven.sim;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.CodeSource;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;

/**
 * The words that start a Java process of the simulation, up to the name of the class to run.
 *
 * <p>Tests call the simulated programs thousands of times, so a call must cost little: the simulation is put into a jar once a build, and
 * its classes into an archive of the JVM beside it (AppCDS), which saves half of a call's processor time. Both lie beside the classes, in
 * {@code target/simulation}. The certificate maker is put into the same jar, without its signatures: the JVM archives no signed class.
 */
final class JavaCommand {

    private static final String PACKAGE = "io/github/cdkmaven/sim";

    /** One class of each jar of the certificate maker, which not everybody who runs the simulation has. */
    private static final List<String> CERTIFICATES = List.of(
            "org.bouncycastle.cert.X509CertificateHolder",
            "org.bouncycastle.jce.provider.BouncyCastleProvider",
            "org.bouncycastle.asn1.cms.CMSAttributes",
            "org.bouncycastle.asn1.cmp.CMPCertificate");

    private JavaCommand() {}

    /** Java, its options and its class path; also when the simulation is used from inside Maven's class loaders. */
    static List<String> words() {
        return Words.ONCE;
    }

    private static final class Words {
        private static final List<String> ONCE = make();
    }

    private static List<String> make() {
        Path classes = location(JavaCommand.class).orElseThrow();
        try {
            // In a jar already: this is the rehearsal.
            return Files.isDirectory(classes) ? archived(classes) : words(classes, List.of());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> archived(Path classes) throws IOException {
        Path folder = Files.createDirectories(classes.resolveSibling("simulation"));
        String name = "simulation-" + fingerprint(classes);
        Path jar = folder.resolve(name + ".jar");
        Path archive = folder.resolve(name + ".jsa");
        if (!Files.exists(jar) && place(jar(classes, folder), jar)) {
            rehearse(words(jar, List.of("-XX:ArchiveClassesAtExit=" + archive + ".new")), folder.resolve(name));
            Path whole = Path.of(archive + ".new");
            if (Files.exists(whole)) {
                Files.move(whole, archive, StandardCopyOption.ATOMIC_MOVE);
            }
        }
        // Where there is no archive, or not yet, the JVM goes on without.
        return words(jar, List.of("-XX:SharedArchiveFile=" + archive));
    }

    /** Several processes may come here at once: one of them places its jar, and no one sees half of it. */
    private static boolean place(Path built, Path jar) throws IOException {
        try {
            Files.move(built, jar);
            return true;
        } catch (FileAlreadyExistsException e) {
            Files.delete(built);
            return false;
        }
    }

    private static List<String> words(Path simulation, List<String> options) {
        List<String> words = new ArrayList<>();
        words.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        words.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xshare:auto", "-Xlog:disable"));
        words.addAll(options);
        words.add("-cp");
        words.add(Stream.concat(Stream.of(simulation), jsonParser())
                .map(Path::toString)
                .distinct()
                .collect(Collectors.joining(File.pathSeparator)));
        return List.copyOf(words);
    }

    private static Path jar(Path classes, Path folder) throws IOException {
        Path jar = Files.createTempFile(folder, "simulation", ".new");
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar))) {
            for (Path file : files(classes)) {
                out.putNextEntry(new ZipEntry(classes.relativize(file).toString().replace(File.separatorChar, '/')));
                Files.copy(file, out);
            }
            for (Path library : certificateMaker().toList()) {
                addClasses(library, out);
            }
        }
        return jar;
    }

    private static void addClasses(Path library, JarOutputStream out) throws IOException {
        try (JarFile jar = new JarFile(library.toFile())) {
            for (JarEntry entry : Collections.list(jar.entries())) {
                if (entry.getName().endsWith(".class") && entry.getName().startsWith("org/")) {
                    out.putNextEntry(new ZipEntry(entry.getName()));
                    jar.getInputStream(entry).transferTo(out);
                }
            }
        }
    }

    /** Runs a little of everything, so that the JVM sees which classes it has to archive. */
    private static void rehearse(List<String> java, Path folder) throws IOException {
        List<String> command = new ArrayList<>(java);
        command.addAll(List.of(Rehearsal.class.getName(), folder.toString()));
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(Path.of(folder + ".log").toFile())
                .start();
        try {
            process.waitFor();
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }

    /** Changes with each class of the simulation, with the certificate maker and with the JVM. */
    private static String fingerprint(Path classes) throws IOException {
        StringBuilder text = new StringBuilder(System.getProperty("java.home") + Runtime.version());
        certificateMaker().forEach(text::append);
        for (Path file : files(classes)) {
            text.append('\n').append(file).append(Files.size(file)).append(Files.getLastModifiedTime(file));
        }
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(text.toString().getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash).substring(0, 16);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Everything of the simulation, without its tests, which lie in the same folders. */
    private static List<Path> files(Path classes) throws IOException {
        try (Stream<Path> all = Files.walk(classes.resolve(PACKAGE))) {
            return all.filter(Files::isRegularFile)
                    .filter(file -> !file.getFileName().toString().matches(".*Test(\\$.*)?\\.class"))
                    .sorted()
                    .toList();
        }
    }

    private static Stream<Path> jsonParser() {
        return Stream.of(ObjectMapper.class, JsonFactory.class, JsonProperty.class)
                .flatMap(type -> location(type).stream());
    }

    private static Stream<Path> certificateMaker() {
        return CERTIFICATES.stream()
                .flatMap(JavaCommand::load)
                .flatMap(type -> location(type).stream())
                .distinct();
    }

    private static Stream<Class<?>> load(String name) {
        try {
            return Stream.of(Class.forName(name));
        } catch (ClassNotFoundException e) {
            return Stream.empty();
        }
    }

    static Optional<Path> location(Class<?> type) {
        CodeSource source = type.getProtectionDomain().getCodeSource();
        try {
            return source == null
                    ? Optional.empty()
                    : Optional.of(Path.of(source.getLocation().toURI()));
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }
}
