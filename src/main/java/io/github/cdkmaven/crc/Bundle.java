package io.github.cdkmaven.crc;

import io.github.cdkmaven.engine.Version;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The bundle that a VM is made of, as its file name tells it: {@code crc[_preset]_driver_x.y.z_arch[_digits].crcbundle}. crc goes by the name
 * (crc {@code pkg/crc/machine/bundle/metadata.go}), so that a renamed file is no bundle.
 *
 * @param file the file's name
 * @param preset what runs in it
 * @param driver the hypervisor that it is for: libvirt, hyperv or vfkit
 * @param version the version of the OpenShift in it
 * @param architecture amd64 or arm64
 * @param custom whether somebody made it of a VM of their own
 */
record Bundle(String file, Preset preset, String driver, Version version, String architecture, boolean custom) {

    /** What the names of bundles end with. */
    static final String SUFFIX = ".crcbundle";

    private static final Pattern NAME = Pattern.compile(
            "crc(?:_(okd|microshift|openshift))?_(libvirt|hyperv|vfkit)_(\\d+\\.\\d+\\.\\d+(?:-[\\w.-]+)?)_(amd64|arm64)(_\\d+)?(?:\\.crcbundle)?");

    /** Reads a file's name, or that of the folder to which it was unpacked; empty for one that crc would not take. */
    static Optional<Bundle> parse(String name) {
        Matcher form = NAME.matcher(name);
        if (!form.matches()) {
            return Optional.empty();
        }
        return Version.parse(form.group(3))
                .map(version -> new Bundle(
                        name.endsWith(SUFFIX) ? name : name + SUFFIX,
                        Optional.ofNullable(form.group(1))
                                .flatMap(Preset::parse)
                                .orElse(Preset.OPENSHIFT),
                        form.group(2),
                        version,
                        form.group(4),
                        form.group(5) != null));
    }

    /** The bundle that a crc would fetch by itself. */
    static Optional<Bundle> defaultOf(CrcVersion crc, Preset preset, String driver, String architecture) {
        String version = preset == Preset.MICROSHIFT ? crc.microshift() : crc.openshift();
        String infix = preset == Preset.OPENSHIFT ? "" : "_" + preset;
        return parse("crc" + infix + "_" + driver + "_" + version + "_" + architecture + SUFFIX);
    }

    /** The driver of this system. */
    static String driverOf(String system) {
        String lower = system.toLowerCase(Locale.ROOT);
        return lower.startsWith("windows") ? "hyperv" : lower.startsWith("mac") ? "vfkit" : "libvirt";
    }

    /** The architecture of a processor, by Java's name of it. */
    static String architectureOf(String processor) {
        return processor.equals("aarch64") || processor.equals("arm64") ? "arm64" : "amd64";
    }

    /** The folder to which it is unpacked, and how the machine's record names it. */
    String folder() {
        return file.substring(0, file.length() - SUFFIX.length());
    }

    @Override
    public String toString() {
        return file;
    }
}
