package io.github.cdkmaven.report;

import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/**
 * What is known of the cluster and of what runs it.
 *
 * @param known the facts that are known; a blank one counts as unknown
 */
public record CdkFacts(Map<Fact, String> known) {

    /** One fact, in the order of the reports. */
    public enum Fact {
        /** What runs the cluster: {@code minishift}, {@code crc}, or {@code cluster} for one behind a kubeconfig. */
        ENGINE("engine", "Engine"),
        /** The version of the CDK, such as {@code 3.4.0-1}, or of crc; unknown for upstream minishift. */
        VERSION("version", "CDK"),
        MINISHIFT("minishift", "minishift"),
        OPENSHIFT("openshift", "OpenShift"),
        PROFILE("profile", "Profile"),
        /** The VM's address. */
        IP("ip", "VM address"),
        API_URL("apiUrl", "API"),
        /** The context of the kubeconfig. */
        CONTEXT("context", "Context"),
        /** The user of the cluster. */
        USER("user", "User");

        final String field;
        private final String label;

        Fact(String field, String label) {
            this.field = field;
            this.label = label;
        }
    }

    public CdkFacts {
        Map<Fact, String> told = new EnumMap<>(Fact.class);
        known.forEach((fact, value) -> {
            if (!value.isBlank()) {
                told.put(fact, value);
            }
        });
        known = Collections.unmodifiableMap(told);
    }

    /** Nothing is known yet. */
    public static CdkFacts none() {
        return new CdkFacts(Map.of());
    }

    /** One fact, where it is known. */
    public Optional<String> get(Fact fact) {
        return Optional.ofNullable(known.get(fact));
    }

    /** How people call a fact: a version is that of the engine's product. */
    String label(Fact fact) {
        boolean local = get(Fact.ENGINE).filter("crc"::equals).isPresent();
        return fact == Fact.VERSION && local ? "OpenShift Local" : fact.label;
    }

    /** The same facts and a further one. */
    public CdkFacts with(Fact fact, String value) {
        return updatedBy(new CdkFacts(Map.of(fact, value)));
    }

    public CdkFacts withVersion(String value) {
        return with(Fact.VERSION, value);
    }

    public CdkFacts withMinishift(String value) {
        return with(Fact.MINISHIFT, value);
    }

    public CdkFacts withOpenshift(String value) {
        return with(Fact.OPENSHIFT, value);
    }

    public CdkFacts withProfile(String value) {
        return with(Fact.PROFILE, value);
    }

    public CdkFacts withIp(String value) {
        return with(Fact.IP, value);
    }

    /** These facts, completed and overruled by later ones. */
    public CdkFacts updatedBy(CdkFacts later) {
        Map<Fact, String> all = new EnumMap<>(Fact.class);
        all.putAll(known);
        all.putAll(later.known);
        return new CdkFacts(all);
    }
}
