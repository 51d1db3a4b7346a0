package io.github.cdkmaven.mojo;

import io.github.cdkmaven.engine.ByteSize;
import io.github.cdkmaven.engine.Version;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** What minishift takes for the VM's properties; it says so itself only minutes later, one mistake at a time. */
final class VmValues {

    /** All that any release knows; which of them this platform has is minishift's own to say. */
    private static final List<String> DRIVERS =
            List.of("generic", "hyperkit", "hyperv", "kvm", "virtualbox", "vmwarefusion", "xhyve");

    private static final Pattern CPUS = Pattern.compile("[1-9]\\d{0,3}");

    private static final Pattern RELEASE = Pattern.compile("\\s*v?\\d+\\.\\d+\\.\\d");

    private static final Pattern HOST_NAME = Pattern.compile("\\w[\\w.-]*");

    private static final Set<String> ISO_ALIASES = Set.of("centos", "b2d", "minikube");

    private VmValues() {}

    static String driver(String parameter, String value) {
        if (!DRIVERS.contains(value)) {
            throw Values.refused(
                    parameter, value, "minishift has no such driver", "one of " + String.join(", ", DRIVERS));
        }
        return value;
    }

    static String cpus(String parameter, String value) {
        if (!CPUS.matcher(value).matches()) {
            throw Values.refused(parameter, value, "it is not a number of CPUs", "a number such as 4");
        }
        return value;
    }

    static String size(String parameter, String value) {
        if (!ByteSize.parse(value).isPresent()) {
            throw Values.refused(parameter, value, "not a size", "a size such as 8GB; a plain number is MB");
        }
        return value;
    }

    /** An alias, or the address of a file; one on this machine has to be there. */
    static String iso(String parameter, String value) {
        if (value.matches("\\w+://[^/]*@.*")) {
            throw Values.refused(
                    parameter,
                    "***" + value.substring(value.indexOf('@')),
                    "must not contain a user name or password, since everybody can see minishift's arguments",
                    "an address that needs no login, or file:///path/to/the.iso");
        }
        if (ISO_ALIASES.contains(value) || value.matches("https?://\\S+")) {
            return value;
        }
        if (!value.startsWith("file:///")) {
            throw Values.refused(
                    parameter, value, "not the address of an ISO", "file:///path/to/the.iso, or an https address");
        }
        try {
            if (Files.isRegularFile(Path.of(URI.create(value)))) {
                return value;
            }
        } catch (IllegalArgumentException e) {
            throw Values.refused(parameter, value, "not the address of a file", "file:///path/to/the.iso");
        }
        throw Values.refused(parameter, value, "there is no such file", "file:///path/to/the.iso");
    }

    /** A release; {@code latest} would be asked for at GitHub (minishift 1.23), and {@code 3.11} alone is the tag of no image of the platform. */
    static String openshift(String parameter, String value) {
        if (Version.parse(value).isEmpty()) {
            throw Values.refused(parameter, value, "not a version", "an exact version such as v3.11.141");
        }
        if (!RELEASE.matcher(value).lookingAt()) {
            throw Values.refused(
                    parameter,
                    value,
                    "it is not a complete version, which has three numbers",
                    "an exact version such as v3.11.141; 'minishift version' and the CDK's release notes show which one a CDK starts");
        }
        return value;
    }

    static String hostName(String parameter, String value) {
        if (!HOST_NAME.matcher(value).matches()) {
            throw Values.refused(parameter, value, "it is not a host name", "a name such as cdk.corp.example");
        }
        return value;
    }

    static String timezone(String parameter, String value) {
        if (!ZoneId.getAvailableZoneIds().contains(value)) {
            throw Values.refused(parameter, value, "there is no such time zone", "a name such as Europe/Berlin");
        }
        return value;
    }

    static String key(String parameter, String value) {
        if (!Files.isReadable(Path.of(value))) {
            throw Values.refused(
                    parameter, value, "there is no such file that this user may read", "the private key's file");
        }
        return value;
    }
}
