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
            "<registryInsecure>true</registryInsecure> (-Dcdk.registryInsecure=true) if your network may be trusted; or a CDK with"
                    + " OpenShift 3.11 (CDK 3.7 or newer); or a registry with a certificate of a public authority";

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
                ? Check.ok(PLATFORM, host, "OpenShift's own images come into the VM by minishift's image cache")
                : Check.fail(
                        PLATFORM,
                        host,
                        "docker in the VM can have neither a login nor an authority before its first pull, and it is not known which images"
                                + " OpenShift " + openshift + " needs, so that they could be brought in",
                        "<openshiftVersion> (-Dcdk.openshiftVersion=…) of 3.7, 3.9, 3.10 or 3.11, or a registry that lets everybody pull");
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
                        Check.ok(TRUST, host, "docker in the VM and OpenShift's importer will be told of <registryCa>"),
                        Check.warn(
                                "registry.pullThrough",
                                host,
                                "OpenShift's own registry cannot be told of <registryCa>, and pulls for pods and builds what ImageStream tags with"
                                        + " 'referencePolicy: Local' name (JBoss's of 3.11): they are imported, and not pulled",
                                "where you use such tags, name their images in pods and builds by this registry, or let these tags have"
                                        + " 'referencePolicy: Source'"))
                : List.of(Check.fail(
                        TRUST,
                        host,
                        "the importer of OpenShift " + openshift
                                + " trusts the authorities of its own system alone, and cannot be told of"
                                + " <registryCa> (3.11 is the first that can)",
                        WITHOUT_AUTHORITY));
    }

    /** Somebody's own machine may know the authority. */
    private Check untold(String host, X509Certificate certificate, String openshift) {
        String message = "only this JVM's own store of certificates holds the authority of "
                + ForeignText.line(certificate.getIssuerX500Principal().getName())
                + ", which signed the registry's certificate and is no public one: docker in the VM and OpenShift's importer do not know it";
        String fix = OpenShiftRelease.trustsAdditionalAuthorities(openshift)
                ? "<registryCa> (-Dcdk.registryCa=…) with the PEM file of that authority, of which docker and the importer are told then"
                : WITHOUT_AUTHORITY;
        return settings.isGeneric() ? Check.warn(TRUST, host, message, fix) : Check.fail(TRUST, host, message, fix);
    }
}
