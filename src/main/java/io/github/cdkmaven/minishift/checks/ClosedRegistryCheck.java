package io.github.cdkmaven.minishift.checks;

import io.github.cdkmaven.minishift.OpenShiftRelease;
import io.github.cdkmaven.minishift.StartSettings;
import io.github.cdkmaven.minishift.images.Catalog;
import io.github.cdkmaven.problem.ForeignText;
import io.github.cdkmaven.problem.ProblemException;
import io.github.cdkmaven.registry.Registry;
import io.github.cdkmaven.registry.RegistryClient;
import io.github.cdkmaven.report.Check;
import io.github.cdkmaven.tls.PublicAuthority;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** Whether login and trust of the registries can be brought to everybody in the VM who pulls: docker, pods, builds, OpenShift's importer. */
public final class ClosedRegistryCheck implements Supplier<List<Check>> {

    private static final String TRUST = "registry.trust";
    private static final String PLATFORM = "registry.platform";
    private static final String WITHOUT_AUTHORITY =
            "<registryInsecure>true</registryInsecure> (-Dcdk.registryInsecure=true) if you trust your network; or use a CDK with"
                    + " OpenShift 3.11 (CDK 3.7 or newer), or a registry with a certificate of a public authority";

    private final StartSettings settings;
    private final Supplier<String> openshift;

    /**
     * A check that is still to be run.
     *
     * @param openshift tells which OpenShift will run, or throws a {@link ProblemException}
     */
    public ClosedRegistryCheck(StartSettings settings, Supplier<String> openshift) {
        this.settings = settings;
        this.openshift = openshift;
    }

    @Override
    public List<Check> get() {
        String version;
        try {
            version = openshift.get();
        } catch (ProblemException e) {
            return List.of(); // the tools' own finding
        }
        List<Check> checks = new ArrayList<>();
        for (String host : settings.registries().hosts()) {
            if (settings.isClosedToDocker(host)) {
                checks.add(platform(host, version));
            }
            if (!settings.registries().at(host).insecure()) {
                checks.addAll(trust(settings.registries().at(host), version));
            }
        }
        return checks;
    }

    private static Check platform(String host, String openshift) {
        return Catalog.knows(openshift)
                ? Check.ok(PLATFORM, host, "OpenShift's own images come from minishift's image cache")
                : Check.fail(
                        PLATFORM,
                        host,
                        "docker in the VM gets neither a login nor a CA before its first pull, and it is unknown which images"
                                + " OpenShift " + openshift + " needs, so they cannot be brought in beforehand",
                        "set <openshiftVersion> (-Dcdk.openshiftVersion=…) to a version of 3.7, 3.9, 3.10 or 3.11, or use a registry from which everybody may pull");
    }

    /** Nothing is to be said of a certificate of a public authority, nor of one that this JVM refuses, which is a finding of its own. */
    private List<Check> trust(Registry registry, String openshift) {
        try (RegistryClient client = new RegistryClient(registry)) {
            List<X509Certificate> chain = client.certificates();
            if (chain.isEmpty() || PublicAuthority.issued(chain.get(0))) {
                return List.of();
            }
            return client.isVouchedForByOwnAuthority()
                    ? told(registry.host(), openshift)
                    : List.of(untold(registry.host(), chain.get(0), openshift));
        } catch (ProblemException e) {
            return List.of(); // a file that is not there, which is found elsewhere
        }
    }

    /** The pods of OpenShift's own registry cannot be told: it pulls what tags with {@code referencePolicy: Local} name, as xPaaS 3.11's do. */
    private static List<Check> told(String host, String openshift) {
        return OpenShiftRelease.trustsAdditionalAuthorities(openshift)
                ? List.of(
                        Check.ok(TRUST, host, "docker in the VM and OpenShift's importer will trust <registryCa>"),
                        Check.warn(
                                "registry.pullThrough",
                                host,
                                "OpenShift's own registry cannot be made to trust <registryCa>, but pulls for pods and builds the images of ImageStream tags with"
                                        + " 'referencePolicy: Local' (JBoss's of 3.11): these are imported, but cannot be pulled",
                                "if you use such tags, refer to their images in pods and builds by this registry's name, or set these tags to"
                                        + " 'referencePolicy: Source'"))
                : List.of(Check.fail(
                        TRUST,
                        host,
                        "the importer of OpenShift " + openshift
                                + " trusts only the authorities of its own system, and cannot be made to trust"
                                + " <registryCa> (3.11 is the first that can)",
                        WITHOUT_AUTHORITY));
    }

    /** Somebody's own machine may know the authority. */
    private Check untold(String host, X509Certificate certificate, String openshift) {
        String message = "only this JVM's own trust store holds the authority of "
                + ForeignText.line(certificate.getIssuerX500Principal().getName())
                + ", which signed the registry's certificate and is not public: docker in the VM and OpenShift's importer do not trust it";
        String fix = OpenShiftRelease.trustsAdditionalAuthorities(openshift)
                ? "<registryCa> (-Dcdk.registryCa=…) with the PEM file of that authority, so that docker and the importer trust it, too"
                : WITHOUT_AUTHORITY;
        return settings.isGeneric() ? Check.warn(TRUST, host, message, fix) : Check.fail(TRUST, host, message, fix);
    }
}
