package io.github.cdkmaven.openshift;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.cdkmaven.process.Retry.Pause;
import io.github.cdkmaven.registry.ImageFormats;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the importer of an OpenShift takes, and where its administrator configures it: one row for each generation.
 *
 * @param sinceKubernetes the minor version of Kubernetes with which it begins; OpenShift 4.x has Kubernetes 1.(x+13), and 3.x has 1.x
 * @param formats the forms of images that it reads; others it calls not found
 * @param imageConfig whether {@code image.config.openshift.io/cluster} holds what applies to it; else the master's configuration does
 */
public record ImporterDialect(int sinceKubernetes, ImageFormats formats, boolean imageConfig) {

    private static final Logger LOG = LoggerFactory.getLogger(ImporterDialect.class);

    /** The importer of OpenShift 3.6 to 3.11 (measured on 3.9.0 and 3.11.0). */
    public static final ImporterDialect THREE = new ImporterDialect(0, ImageFormats.DOCKER, false);

    /** The newest first; OCI's forms came with 4.7 (openshift-apiserver#145; measured on 4.19). */
    private static final List<ImporterDialect> TABLE = List.of(
            new ImporterDialect(20, ImageFormats.DOCKER_AND_OCI, true),
            new ImporterDialect(13, ImageFormats.DOCKER, true),
            THREE);

    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final int KUBERNETES_OF_4_0 = 13;
    private static final Pattern VERSION = Pattern.compile("v?(\\d{1,3})\\.(\\d{1,4})(?:[.+-].*)?");
    private static final Pattern MINOR = Pattern.compile("(\\d{1,4})\\+?");

    /**
     * That of a cluster, by what it tells every user at {@code /version}; that of OpenShift 3 where it does not tell. OpenShift's own version is
     * hidden from a plain user of 4.x.
     */
    public static ImporterDialect of(OpenShiftApi api) {
        try {
            JsonNode version =
                    api.ask(Pause.real(), () -> api.get("/version", LIMIT)).body();
            Matcher minor = MINOR.matcher(version.path("minor").asText(""));
            return minor.matches() ? ofKubernetes(Integer.parseInt(minor.group(1))) : THREE;
        } catch (IOException e) {
            // Whatever is asked next fails too, and says why.
            LOG.debug("{} does not report its version", api.access(), e);
            return THREE;
        }
    }

    /**
     * That of an OpenShift by its version, such as {@code v3.11.141} or {@code 4.19}, or by that of its Kubernetes, such as {@code v1.32.13}; that of
     * OpenShift 3 for what is no version.
     */
    public static ImporterDialect of(String version) {
        Matcher form = VERSION.matcher(version.strip());
        if (!form.matches()) {
            return THREE;
        }
        int minor = Integer.parseInt(form.group(2));
        return switch (Integer.parseInt(form.group(1))) {
            case 1 -> ofKubernetes(minor);
            case 2, 3 -> THREE;
            case 4 -> ofKubernetes(minor + KUBERNETES_OF_4_0);
            default -> TABLE.get(0);
        };
    }

    private static ImporterDialect ofKubernetes(int minor) {
        return TABLE.stream()
                .filter(row -> minor >= row.sinceKubernetes())
                .findFirst()
                .orElse(THREE);
    }
}
