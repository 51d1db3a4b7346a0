package io.github.cdkmaven.report;

import java.util.Optional;
import java.util.function.Predicate;

/**
 * What is known of the CDK. Each fact may be missing; a blank one counts as missing.
 *
 * @param version the CDK's version, such as {@code 3.4.0-1}; missing for upstream minishift
 * @param minishift the minishift version inside
 * @param openshift the cluster's version
 * @param profile the minishift profile
 * @param ip the VM's address
 */
public record CdkFacts(
        Optional<String> version,
        Optional<String> minishift,
        Optional<String> openshift,
        Optional<String> profile,
        Optional<String> ip) {

    public CdkFacts {
        version = version.filter(Predicate.not(String::isBlank));
        minishift = minishift.filter(Predicate.not(String::isBlank));
        openshift = openshift.filter(Predicate.not(String::isBlank));
        profile = profile.filter(Predicate.not(String::isBlank));
        ip = ip.filter(Predicate.not(String::isBlank));
    }

    /** Nothing is known yet. */
    public static CdkFacts none() {
        return new CdkFacts(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
    }

    /** The same facts with the CDK's version. */
    public CdkFacts withVersion(String value) {
        return new CdkFacts(Optional.of(value), minishift, openshift, profile, ip);
    }

    /** The same facts with the minishift version. */
    public CdkFacts withMinishift(String value) {
        return new CdkFacts(version, Optional.of(value), openshift, profile, ip);
    }

    /** The same facts with the cluster's version. */
    public CdkFacts withOpenshift(String value) {
        return new CdkFacts(version, minishift, Optional.of(value), profile, ip);
    }

    /** The same facts with the profile. */
    public CdkFacts withProfile(String value) {
        return new CdkFacts(version, minishift, openshift, Optional.of(value), ip);
    }

    /** The same facts with the VM's address. */
    public CdkFacts withIp(String value) {
        return new CdkFacts(version, minishift, openshift, profile, Optional.of(value));
    }

    /** These facts, completed and overruled by later ones. */
    public CdkFacts updatedBy(CdkFacts later) {
        return new CdkFacts(
                later.version.or(() -> version),
                later.minishift.or(() -> minishift),
                later.openshift.or(() -> openshift),
                later.profile.or(() -> profile),
                later.ip.or(() -> ip));
    }

    /** Whether nothing at all is known. */
    public boolean isEmpty() {
        return equals(none());
    }
}
