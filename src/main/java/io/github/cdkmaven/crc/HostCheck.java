package io.github.cdkmaven.crc;

import io.github.cdkmaven.crc.Generation.Network;
import io.github.cdkmaven.engine.ByteSize;
import io.github.cdkmaven.report.Check;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.IntPredicate;
import java.util.function.Supplier;
import java.util.function.ToLongFunction;
import java.util.stream.IntStream;

/** This machine and what the VM is to get of it: ports, disk, memory, and the pull secret that crc would ask for. */
final class HostCheck implements Supplier<List<Check>> {

    private static final long GIB = 1L << 30;
    private static final int SSH = 2222;
    private static final int API = 6443;
    private static final int CPUS = 4;
    private static final int DISK = 31;

    /** An unpacked bundle takes about this many times the space of its file (crc 2.53: 5.5 GB, 20 GB). */
    private static final int UNPACKED = 4;

    private final CrcInstallation tools;
    private final CrcStartSettings settings;
    private final Generation generation;
    private final Room room;
    private final boolean vmRuns;

    /**
     * What is to be had on this machine.
     *
     * @param usable how many bytes can be written to the disk of a folder
     * @param taken whether somebody listens on a port of 127.0.0.1
     * @param linux whether this is Linux, where there are two ways to the VM
     */
    record Room(ToLongFunction<Path> usable, IntPredicate taken, boolean linux) {

        /** That of the machine that this runs on. */
        static Room ofThisMachine() {
            return new Room(
                    folder -> folder.toFile().getUsableSpace(),
                    Room::answers,
                    Bundle.driverOf(System.getProperty("os.name", "")).equals("libvirt"));
        }

        private static boolean answers(int port) {
            try (Socket socket = new Socket()) {
                socket.connect(new InetSocketAddress("127.0.0.1", port), 500);
                return true;
            } catch (IOException e) {
                return false;
            }
        }
    }

    /**
     * A look that is still to be taken.
     *
     * @param vmRuns whether the VM runs, which then is who listens
     */
    HostCheck(CrcInstallation tools, CrcStartSettings settings, Generation generation, Room room, boolean vmRuns) {
        this.tools = tools;
        this.settings = settings;
        this.generation = generation;
        this.room = room;
        this.vmRuns = vmRuns;
    }

    @Override
    public List<Check> get() {
        List<Check> checks = new ArrayList<>();
        checks.addAll(size());
        checks.add(ports());
        disk().ifPresent(checks::add);
        checks.add(pullSecret());
        return checks;
    }

    /** crc says these one at a time, each as the start begins. */
    private List<Check> size() {
        List<Check> checks = new ArrayList<>();
        least("cpus", settings.size().cpus(), CPUS, "").ifPresent(checks::add);
        least("memory", settings.size().memory(), generation.memory(), " MiB").ifPresent(checks::add);
        least("diskSize", settings.size().disk(), DISK, " GiB").ifPresent(checks::add);
        return checks.isEmpty()
                ? List.of(Check.ok("vm.size", CrcFiles.MACHINE, "CPUs, memory and disk have sizes that crc accepts"))
                : checks;
    }

    private static Optional<Check> least(String parameter, Optional<Integer> wanted, int least, String unit) {
        return wanted.filter(value -> value < least)
                .map(value -> Check.fail(
                        "vm.size",
                        parameter,
                        "crc's VM has at least " + least + unit + ", and " + value + unit + " are asked for",
                        "<" + parameter + "> (-Dcdk." + parameter + "=…) with more, or leave it out"));
    }

    private Check ports() {
        CrcSettings own = tools.settings();
        Network network = own.network(generation, room.linux());
        if (vmRuns || network == Network.SYSTEM) {
            return Check.ok(
                    "host.ports",
                    "network mode " + network,
                    vmRuns ? "the VM runs" : "the VM has its own IP address, and needs no port of this machine");
        }
        List<Integer> taken = IntStream.of(SSH, API, own.httpsPort(), own.httpPort())
                .filter(room.taken())
                .boxed()
                .toList();
        return taken.isEmpty()
                ? Check.ok("host.ports", "network mode " + network, "2222, 6443 and the ports for routes are free")
                : Check.fail(
                        "host.ports",
                        "127.0.0.1",
                        "another program listens on " + taken + ", which crc forwards to its VM",
                        "end that program; for the ports of routes: 'crc config set ingress-http-port' and 'ingress-https-port'");
    }

    /** A VM that is there has its disk already. */
    private Optional<Check> disk() {
        OptionalLong size = bundleSize();
        if (tools.files().hasMachine() || size.isEmpty()) {
            return Optional.empty();
        }
        long needed = UNPACKED * size.getAsLong();
        Path folder = existing(tools.files().home());
        long usable = room.usable().applyAsLong(folder);
        long disk = settings.size().disk().orElse(DISK) * GIB;
        String seen = ByteSize.words(usable) + " are free; the unpacked bundle needs about " + ByteSize.words(needed)
                + ", and the VM's disk may grow to " + ByteSize.words(disk);
        String fix = "free disk space in the home of this user: crc keeps its VM nowhere else";
        return Optional.of(
                usable < needed
                        ? Check.fail("host.disk", folder.toString(), seen, fix)
                        : usable < needed + disk
                                ? Check.warn("host.disk", folder.toString(), seen, fix)
                                : Check.ok("host.disk", folder.toString(), seen));
    }

    private OptionalLong bundleSize() {
        try {
            Optional<Path> file = settings.bundle().flatMap(BundleSource::file).filter(Files::isRegularFile);
            return file.isPresent() ? OptionalLong.of(Files.size(file.get())) : OptionalLong.empty();
        } catch (IOException e) {
            return OptionalLong.empty();
        }
    }

    private static Path existing(Path folder) {
        Path parent = folder.getParent();
        return Files.exists(folder) || parent == null ? folder : existing(parent);
    }

    private Check pullSecret() {
        if (settings.pullSecretFile().isEmpty()) {
            boolean login = settings.registries().all().stream()
                    .anyMatch(registry -> registry.credentials().isPresent());
            return Check.ok(
                    "crc.pullSecret",
                    settings.registries().own().host(),
                    login
                            ? "is made from the registry's login"
                            : "is made without a login, since the registry requires none");
        }
        Path file = settings.pullSecretFile().get();
        return PullSecretFile.problem(file)
                .map(problem -> Check.fail("crc.pullSecret", file.toString(), problem.what(), problem.fix()))
                .orElseGet(() -> Check.ok("crc.pullSecret", file.toString(), "is one that crc accepts"));
    }
}
