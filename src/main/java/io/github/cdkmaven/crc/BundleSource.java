package io.github.cdkmaven.crc;

import io.github.cdkmaven.problem.Problem;
import io.github.cdkmaven.registry.Credentials;
import java.net.URI;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Where the POM says that the bundle is.
 *
 * @param file the file; absent for one that is fetched
 * @param url the address; absent for a file of this machine
 * @param sha256 its SHA-256 in lower-case hexadecimal digits, where the POM names it
 * @param login user and password of the address's host
 */
public record BundleSource(
        Optional<Path> file, Optional<URI> url, Optional<String> sha256, Optional<Credentials> login) {

    private static final Pattern SHA256 = Pattern.compile("[0-9a-f]{64}");

    /**
     * Reads the parameters.
     *
     * @param bundle a path, or an http or https address
     * @throws io.github.cdkmaven.problem.ProblemException if it is neither, or if the checksum is none
     */
    public static BundleSource of(String bundle, Optional<String> sha256) {
        Optional<String> sum = sha256.map(text -> checksum(text.strip().toLowerCase(Locale.ROOT)));
        if (bundle.startsWith("docker://")) {
            throw refused(
                    bundle,
                    "it is an image reference: crc itself would pull it, without the registry's login and CA",
                    "the file, or its http(s) URL in the company's repository");
        }
        if (!bundle.matches("(?i)https?://.*")) {
            return new BundleSource(Optional.of(Path.of(bundle)), Optional.empty(), sum, Optional.empty());
        }
        try {
            URI url = URI.create(bundle);
            if (url.getHost() != null && url.getRawUserInfo() == null) {
                return new BundleSource(Optional.empty(), Optional.of(url), sum, Optional.empty());
            }
        } catch (IllegalArgumentException e) {
            // Told below, without quoting what may hold a password.
        }
        throw refused(
                bundle.replaceFirst("//[^/]*@", "//***@"),
                "it is not a URL, or it contains a login",
                "https://host[:port]/path/crc_libvirt_4.19.3_amd64.crcbundle; a user name and password go into a <server> of settings.xml"
                        + " with the id host[:port]");
    }

    private static String checksum(String text) {
        if (!SHA256.matcher(text).matches()) {
            throw Problem.of(
                            "Parameter 'bundleSha256' is '" + text + "': it is no SHA-256.",
                            "<bundleSha256> (-Dcdk.bundleSha256=…) with the 64 hexadecimal digits that 'sha256sum' prints")
                    .toException();
        }
        return text;
    }

    private static RuntimeException refused(String value, String why, String fix) {
        return Problem.of(
                        "Parameter 'bundle' is '" + value + "': " + why + ".", "<bundle> (-Dcdk.bundle=…) with " + fix)
                .toException();
    }

    /** The same with a login. */
    public BundleSource with(Optional<Credentials> other) {
        return new BundleSource(file, url, sha256, other);
    }

    /** The host with its port, as a server of settings.xml is named; empty for a file. */
    public Optional<String> host() {
        return url.map(address -> address.getHost() + (address.getPort() < 0 ? "" : ":" + address.getPort()));
    }

    /** The file's name, by which crc goes. */
    String name() {
        String path = url.map(URI::getPath).or(() -> file.map(Path::toString)).orElse("");
        return path.substring(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1);
    }

    /** As it stands in the POM. */
    @Override
    public String toString() {
        return url.map(URI::toString).or(() -> file.map(Path::toString)).orElse("");
    }
}
