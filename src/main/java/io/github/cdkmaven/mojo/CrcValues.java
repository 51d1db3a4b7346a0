package io.github.cdkmaven.mojo;

import io.github.cdkmaven.crc.BundleSource;
import io.github.cdkmaven.crc.CrcStartSettings.Configure;
import io.github.cdkmaven.crc.CrcStartSettings.Size;
import io.github.cdkmaven.engine.ByteSize;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads what OpenShift Local is told of its VM: in its own units, and before it says no to one value at a time. */
final class CrcValues {

    private static final Pattern NUMBER = Pattern.compile("[1-9]\\d{0,3}");
    private static final Pattern ADDRESS = Pattern.compile("(?:(?:25[0-5]|2[0-4]\\d|1?\\d?\\d)(?:\\.(?!$)|$)){4}");
    private static final long MIB = 1L << 20;
    private static final long GIB = 1L << 30;

    private CrcValues() {}

    /** The size of the VM. */
    static Size size(
            ParameterReader reader, @Nullable String cpus, @Nullable String memory, @Nullable String diskSize) {
        return new Size(
                Values.text(cpus)
                        .flatMap(text -> reader.value("cpus", () -> Optional.of(cpus(text)), Optional.empty())),
                Values.text(memory)
                        .flatMap(text -> reader.value(
                                "memory", () -> Optional.of(units("memory", text, MIB)), Optional.empty())),
                Values.text(diskSize)
                        .flatMap(text -> reader.value(
                                "diskSize", () -> Optional.of(units("diskSize", text, GIB)), Optional.empty())));
    }

    private static int cpus(String text) {
        if (!NUMBER.matcher(text).matches()) {
            throw Values.refused("cpus", text, "it is not a number of CPUs", "a number such as 6");
        }
        return Integer.parseInt(text);
    }

    private static int units(String parameter, String text, long unit) {
        long bytes = ByteSize.parse(text)
                .map(ByteSize::bytes)
                .orElseThrow(() -> Values.refused(
                        parameter, text, "it is not a size", "a size such as 16GB; a plain number is MB"));
        return (int) Math.min(Integer.MAX_VALUE, (bytes + unit - 1) / unit);
    }

    /** The bundle, with the login of its host where settings.xml has one. */
    static Optional<BundleSource> bundle(
            ParameterReader reader, @Nullable String bundle, @Nullable String sha256, Servers servers) {
        return Values.text(bundle)
                .flatMap(text -> reader.value(
                        "bundle", () -> Optional.of(BundleSource.of(text, Values.text(sha256))), Optional.empty()))
                .map(source -> source.with(source.host()
                        .flatMap(host -> reader.value(
                                "bundle", () -> servers.find("bundle", Optional.empty(), host), Optional.empty()))));
    }

    /** When cluster objects are written. */
    static Configure configure(ParameterReader reader, String when) {
        return reader.value(
                "configureCluster", () -> Values.choice("configureCluster", when, Configure.class), Configure.AUTO);
    }

    /** The one DNS server that crc takes. */
    static Optional<String> nameserver(ParameterReader reader, @Nullable List<String> nameservers) {
        List<String> servers = Values.texts(nameservers);
        return servers.isEmpty()
                ? Optional.empty()
                : reader.value("nameservers", () -> Optional.of(nameserver(servers)), Optional.empty());
    }

    private static String nameserver(List<String> servers) {
        if (servers.size() > 1 || !ADDRESS.matcher(servers.get(0)).matches()) {
            throw Values.refused(
                    "nameservers", String.join(",", servers), "crc takes one IPv4 address", "one such as 192.0.2.53");
        }
        return servers.get(0);
    }
}
