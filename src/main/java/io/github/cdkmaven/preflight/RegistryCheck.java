package io.github.cdkmaven.preflight;

import io.github.cdkmaven.mirror.Inventory;
import io.github.cdkmaven.problem.ProblemException;
import io.github.cdkmaven.registry.PingAnswer;
import io.github.cdkmaven.registry.Registry;
import io.github.cdkmaven.registry.RegistryClient;
import io.github.cdkmaven.registry.RegistryClients;
import io.github.cdkmaven.registry.RegistryFailure;
import io.github.cdkmaven.report.Check;
import io.github.cdkmaven.report.CheckOutcome;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The registry, step by step as a connection is made: its name, its port, TLS, the API, the login. The first that fails ends it. */
final class RegistryCheck implements Supplier<List<Check>> {

    private static final int TLS_PORT = 443;
    private static final int PLAIN_PORT = 80;

    /** How this machine finds addresses. */
    interface Names {
        InetAddress[] lookUp(String name) throws UnknownHostException;
    }

    private final RegistryClients clients;
    private final Registry access;
    private final Names names;
    private final String name;
    private final Optional<Integer> port;
    private final List<Check> checks = new ArrayList<>();
    private Optional<RegistryFailure> refusedLogin = Optional.empty();
    private Optional<String> doubt = Optional.empty();

    RegistryCheck(RegistryClients clients, String host) {
        this(clients, host, InetAddress::getAllByName);
    }

    RegistryCheck(RegistryClients clients, String host, Names names) {
        this.clients = clients;
        this.access = clients.registries().at(host);
        this.names = names;
        int colon = access.host().lastIndexOf(':');
        name = colon < 0 ? access.host() : access.host().substring(0, colon);
        port = colon < 0
                ? Optional.empty()
                : Optional.of(Integer.parseInt(access.host().substring(colon + 1)));
    }

    /** Whether images can be asked for, once it was run. */
    boolean usable() {
        return !checks.isEmpty() && checks.stream().noneMatch(check -> check.outcome() == CheckOutcome.FAIL);
    }

    /** Why the login was refused, if it was: others who pull may get in without one. */
    Optional<RegistryFailure> refusedLogin() {
        return refusedLogin;
    }

    /** How {@code /v2/} was answered, where only the images can tell whether it is a registry's answer. */
    Optional<String> doubt() {
        return doubt;
    }

    String host() {
        return access.host();
    }

    @Override
    public List<Check> get() {
        Optional<String> proxy = RegistryClient.proxyOfJvm(access.host());
        if (proxy.isPresent()) {
            checks.add(Check.ok(
                    "registry.tcp", access.host(), "is asked through the proxy " + proxy.get() + " of this JVM"));
            greet();
        } else {
            resolve().filter(this::connect).ifPresent(addresses -> greet());
        }
        return List.copyOf(checks);
    }

    private Optional<InetAddress[]> resolve() {
        try {
            InetAddress[] addresses = CompletableFuture.supplyAsync(this::lookUp, RegistryCheck::onThreadOfItsOwn)
                    .orTimeout(access.timeout().toMillis(), TimeUnit.MILLISECONDS)
                    .join();
            checks.add(Check.ok(
                    "registry.dns",
                    name,
                    "is "
                            + Stream.of(addresses)
                                    .map(InetAddress::getHostAddress)
                                    .collect(Collectors.joining(", "))));
            return Optional.of(addresses);
        } catch (CompletionException e) {
            checks.add(Check.fail(
                    "registry.dns",
                    name,
                    e.getCause() instanceof UnknownHostException
                            ? "this machine cannot resolve the name"
                            : "the name server gave no answer within "
                                    + access.timeout().toSeconds() + " s",
                    "check the name in <registry> (-Dcdk.registry=…) and this machine's name servers; the VM uses its own, see"
                            + " <nameservers> (-Dcdk.nameservers=…)"));
            return Optional.empty();
        }
    }

    /** A name server may be asked for longer than anybody waits. */
    private static void onThreadOfItsOwn(Runnable task) {
        Thread thread = new Thread(task, "preflight");
        thread.setDaemon(true);
        thread.start();
    }

    private InetAddress[] lookUp() {
        try {
            return names.lookUp(name);
        } catch (UnknownHostException e) {
            throw new CompletionException(e);
        }
    }

    /** The addresses of a name are tried one after the other, as docker and curl do. */
    private boolean connect(InetAddress[] addresses) {
        List<Integer> ports = port.map(List::of)
                .orElseGet(() -> access.insecure() ? List.of(TLS_PORT, PLAIN_PORT) : List.of(TLS_PORT));
        List<String> all = new ArrayList<>();
        for (int candidate : ports) {
            List<String> silent = new ArrayList<>();
            for (InetAddress address : addresses) {
                try (Socket socket = new Socket()) {
                    socket.connect(new InetSocketAddress(address, candidate), (int)
                            access.timeout().toMillis());
                    checks.add(
                            silent.isEmpty()
                                    ? Check.ok("registry.tcp", name + ":" + candidate, "answers")
                                    : Check.warn(
                                            "registry.tcp",
                                            name + ":" + candidate,
                                            "answers at " + address.getHostAddress() + ", not at "
                                                    + String.join(", ", silent),
                                            "Ask the registry's team about that address, which all clients try first."));
                    return true;
                } catch (IOException e) {
                    silent.add(address.getHostAddress() + ":" + candidate + " (" + e.getMessage() + ")");
                }
            }
            all.addAll(silent);
        }
        String reason = String.join(", ", all);
        checks.add(Check.fail(
                "registry.tcp",
                name + ":" + ports.get(0),
                "no connection: " + reason,
                "check host and port in <registry> (-Dcdk.registry=…), the firewall, and whether the registry is up"));
        return false;
    }

    private void greet() {
        try {
            RegistryClient client = clients.client(access.host());
            tell(client.ping());
            if (usable()) {
                client.connect(Inventory.PARALLELISM);
            }
        } catch (ProblemException e) {
            checks.add(Check.fail(
                    "registry.tls",
                    access.host(),
                    e.problem().toSentence(),
                    e.problem().fix()));
        }
    }

    private void tell(PingAnswer answer) {
        Optional<RegistryFailure> failure = answer.failure();
        if (failure.isPresent() && isTls(failure.get())) {
            checks.add(fail("registry.tls", failure.get()));
            return;
        }
        if (failure.isPresent() && !isLogin(failure.get())) {
            checks.add(fail("registry.api", failure.get()));
            return;
        }
        checks.add(tls(answer));
        checks.add(
                answer.v2()
                        ? Check.ok("registry.api", access.host(), "speaks the registry API, version 2")
                        : Check.ok(
                                "registry.api",
                                access.host(),
                                "answers /v2/ oddly (" + answer.answer()
                                        + "), with which docker and OpenShift go on to the images"));
        doubt = answer.v2() ? Optional.empty() : Optional.of(answer.answer());
        refusedLogin = failure;
        checks.add(failure.map(refused -> fail("registry.login", refused)).orElseGet(() -> login(answer)));
    }

    private static boolean isTls(RegistryFailure failure) {
        return failure instanceof RegistryFailure.Tls || failure instanceof RegistryFailure.HttpOnly;
    }

    private static boolean isLogin(RegistryFailure failure) {
        return failure instanceof RegistryFailure.Unauthorized || failure instanceof RegistryFailure.Forbidden;
    }

    private Check fail(String id, RegistryFailure failure) {
        return Check.fail(id, access.host(), failure.words(), failure.fix());
    }

    private Check tls(PingAnswer answer) {
        if (!answer.plainHttp() && !access.insecure()) {
            return Check.ok("registry.tls", access.host(), "the certificate is trusted");
        }
        return Check.warn(
                "registry.tls",
                access.host(),
                answer.plainHttp()
                        ? "plain HTTP: anyone on the network path can read and change images"
                        : "TLS is used, but any certificate is accepted",
                "give the registry a certificate, name its authority in <registryCa> (-Dcdk.registryCa=…), and remove"
                        + " <registryInsecure>");
    }

    private Check login(PingAnswer answer) {
        boolean named = access.credentials().isPresent();
        if (answer.dropped().isPresent()) {
            RegistryFailure dropped = answer.dropped().get();
            return Check.warn("registry.login", access.host(), dropped.words(), dropped.fix());
        }
        if (answer.plainLogin() && named) {
            return Check.warn(
                    "registry.login",
                    access.host(),
                    "user and password go over plain HTTP",
                    "give the registry, and its token server, a certificate, and remove <registryInsecure> (-Dcdk.registryInsecure)");
        }
        return Check.ok(
                "registry.login",
                access.host(),
                switch (answer.auth()) {
                    case NONE -> named ? "/v2/ requires no login, so the login is not proven" : "no login required";
                    case BASIC -> "by user and password";
                    case BEARER -> named ? "by a token for the user" : "by an anonymous token, if there is one";
                    case OTHER -> "accepted";
                });
    }
}
