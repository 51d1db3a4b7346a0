package io.github.cdkmaven.sim;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.File;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The class path of the simulation's own processes, also when it is used from inside Maven's class loaders. */
final class ClassPath {

    private static final List<String> CERTIFICATES = List.of(
            "org.bouncycastle.cert.X509CertificateHolder",
            "org.bouncycastle.jce.provider.BouncyCastleProvider",
            "org.bouncycastle.asn1.cms.CMSAttributes",
            "org.bouncycastle.asn1.cmp.CMPCertificate");

    private ClassPath() {}

    /** Where the simulation, the JSON parser and the certificate maker were loaded from. */
    static String ofSimulation() {
        Stream<Class<?>> own = Stream.of(
                ClassPath.class,
                ObjectMapper.class,
                JsonFactory.class,
                JsonProperty.class);
        return Stream.concat(own, CERTIFICATES.stream().flatMap(ClassPath::load))
                .flatMap(ClassPath::location)
                .distinct()
                .collect(Collectors.joining(File.pathSeparator));
    }

    private static Stream<Class<?>> load(String name) {
        try {
            return Stream.of(Class.forName(name));
        } catch (ClassNotFoundException e) {
            return Stream.empty();
        }
    }

    private static Stream<String> location(Class<?> type) {
        CodeSource source = type.getProtectionDomain().getCodeSource();
        try {
            return source == null
                    ? Stream.empty()
                    : Stream.of(Path.of(source.getLocation().toURI()).toString());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }
}
