package io.github.cdkmaven.minishift.checks;

import io.github.cdkmaven.minishift.OpenShiftRelease;
import io.github.cdkmaven.minishift.StartSettings;
import io.github.cdkmaven.minishift.images.Catalog;
import io.github.cdkmaven.problem.ProblemException;
import io.github.cdkmaven.registry.Registry;
import io.github.cdkmaven.registry.RegistryClient;
import io.github.cdkmaven.registry.RegistryFailure;
import io.github.cdkmaven.report.Check;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Whether login and trust of the registries can be brought to everybody in the VM who pulls: docker, pods, builds, OpenShift's importer. */
public final class ClosedRegistryCheck implements Supplier<List<Check>> {

    private static final String TRUST = "registry.trust";
    private static final String PLATFORM = "registry.platform";

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
        if (!settings.hasClosedRegistry()) {
            return List.of();
        }
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
            if (settings.hasOwnAuthority(host)
                    && isPrivate(settings.registries().at(host))) {
                checks.add(trust(host, version));
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

    private static Check trust(String host, String openshift) {
        return OpenShiftRelease.trustsAdditionalAuthorities(openshift)
                ? Check.ok(TRUST, host, "docker in the VM and OpenShift's importer will be told of <registryCa>")
                : Check.fail(
                        TRUST,
                        host,
                        "the importer of OpenShift " + openshift
                                + " trusts the authorities of its own system alone, and cannot be told of"
                                + " <registryCa> (3.11 is the first that can)",
                        "<registryInsecure>true</registryInsecure> (-Dcdk.registryInsecure=true) if your network may be trusted; or a CDK with"
                                + " OpenShift 3.11 (CDK 3.7 or newer); or a registry with a certificate of a public authority");
    }

    /** Whether it is {@code registryCa} alone that vouches for the registry. */
    private static boolean isPrivate(Registry registry) {
        Registry withoutAuthority =
                new Registry(registry.name(), false, Optional.empty(), Optional.empty(), registry.timeout());
        try (RegistryClient client = new RegistryClient(withoutAuthority)) {
            return client.ping()
                    .failure()
                    .filter(RegistryFailure.Tls.class::isInstance)
                    .isPresent();
        }
    }
}
