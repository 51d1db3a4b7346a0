package io.github.cdkmaven.report;

/** Why a tag failed, with the advice that goes with it: the one place where the reports take it from. */
public enum Reason {
    NOT_FOUND(
            "NotFound",
            "The registry does not hold the image under this name.",
            "Mirror the image into the registry (cdk:images lists all that are needed), or leave the tag out with"
                    + " <excludes> (-Dcdk.excludes)."),
    // OpenShift 3.x reads Docker manifests only and calls an OCI one "not found": measured on 3.9.0 and 3.11.0.
    OCI_ONLY(
            "OciOnly",
            "The registry holds the image with an OCI manifest only, which OpenShift 3.x cannot read.",
            "Mirror the image again with a Docker manifest: skopeo copy --format v2s2, or the script of cdk:images."),
    UNAUTHORIZED(
            "Unauthorized",
            "The registry requires credentials, or refused the ones it received.",
            "Put the registry's user and password into a <server> of settings.xml and name its id in <registryServerId>"
                    + " (-Dcdk.registryServerId). If they are there, correct or renew the password."),
    FORBIDDEN(
            "Forbidden",
            "The registry or the cluster does not allow this image.",
            "Let the registry's account read the repository (at registry.redhat.io: accept its terms). Where the cluster"
                    + " refuses the registry, add it to allowedRegistriesForImport (OpenShift 3.7 to 3.9, 4.x)."),
    TLS(
            "Tls",
            "The cluster and the registry do not agree on TLS: most often, the registry's certificate is not trusted.",
            "OpenShift 3.11 and newer: name the PEM file of the registry's authority in <registryCa> (-Dcdk.registryCa)."
                    + " OpenShift up to 3.10 trusts only the authorities of its own system: have this one added there,"
                    + " or set <registryInsecure>true</registryInsecure> (-Dcdk.registryInsecure)."
                    + " Importing from a registry that requires a client certificate is not possible."),
    HTTP_ONLY(
            "HttpOnly",
            "The registry answers in plain HTTP where HTTPS is expected.",
            "Set <registryInsecure>true</registryInsecure> (-Dcdk.registryInsecure), or give the registry a certificate."),
    UNREACHABLE(
            "Unreachable",
            "The cluster cannot reach the registry.",
            "Check that the cluster resolves the registry's name (<nameservers>, -Dcdk.nameservers), that no proxy stands"
                    + " between them (<noProxy>, -Dcdk.noProxy), and that the registry and its token server are up."),
    INVALID(
            "Invalid",
            "The reference is not a valid image reference.",
            "Correct the ImageStream's tag or the prefix in <mappings> (-Dcdk.mappings), or leave the tag out with"
                    + " <excludes> (-Dcdk.excludes)."),
    CONFLICT(
            "Conflict",
            "Somebody else kept changing the ImageStream.",
            "Run the goal again when no other build or operator changes the same ImageStream."),
    TIMEOUT(
            "Timeout",
            "There was no answer in time.",
            "Raise <importTimeout> (-Dcdk.importTimeout), and check the registry's load."),
    OTHER(
            "Other",
            "The cluster gave another reason.",
            "Read the message; to go on without the tag, name it in <ignoredFailures> (-Dcdk.ignoredFailures).");

    private final String word;
    private final String meaning;
    private final String fix;

    Reason(String word, String meaning, String fix) {
        this.word = word;
        this.meaning = meaning;
        this.fix = fix;
    }

    /** The word that the reports use, such as {@code NotFound}. */
    public String word() {
        return word;
    }

    /** One sentence on what happened. */
    public String meaning() {
        return meaning;
    }

    /** What the user can do, with the POM element and its property. */
    public String fix() {
        return fix;
    }
}
