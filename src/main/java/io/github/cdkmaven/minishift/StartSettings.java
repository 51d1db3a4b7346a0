package io.github.cdkmaven.minishift;

import io.github.cdkmaven.engine.Proxies;
import io.github.cdkmaven.engine.RegistryPolicy;
import io.github.cdkmaven.registry.Credentials;
import io.github.cdkmaven.registry.Registries;
import io.github.cdkmaven.registry.Registry;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What the user wants of a start.
 *
 * @param registries the registries that images come from
 * @param blockedRegistries registries that the VM's docker must not pull from
 * @param options flags with a parameter of their own; an option that is absent is left to minishift
 * @param startArguments further arguments, passed on as they are
 * @param skipRegistration whether the VM's RHEL stays unregistered
 * @param proxies the proxies of minishift and the VM
 * @param login with whom the VM is registered at Red Hat; absent for what minishift finds in its environment
 */
public record StartSettings(
        Registries registries,
        List<String> blockedRegistries,
        Map<StartOption, List<String>> options,
        List<String> startArguments,
        boolean skipRegistration,
        Proxies proxies,
        Optional<Credentials> login) {

    /** The registries that are blocked where nobody chooses others, as the parameter's default is written. */
    public static final String BLOCKED_BY_DEFAULT = "registry.access.redhat.com,registry.redhat.io,docker.io,quay.io";

    public StartSettings {
        blockedRegistries = List.copyOf(blockedRegistries);
        options = Map.copyOf(options);
        startArguments = List.copyOf(startArguments);
        skipRegistration = skipRegistration && login.isEmpty();
    }

    /** Settings that say nothing of the VM but where its images come from. */
    public static StartSettings of(Registries registries) {
        return new StartSettings(registries, List.of(), Map.of(), List.of(), true, Proxies.NONE, Optional.empty());
    }

    /** The same settings with other registries blocked. */
    public StartSettings blocking(List<String> blocked) {
        return new StartSettings(registries, blocked, options, startArguments, skipRegistration, proxies, login);
    }

    /** The same settings with these flags. */
    public StartSettings with(Map<StartOption, List<String>> flags) {
        return new StartSettings(
                registries, blockedRegistries, flags, startArguments, skipRegistration, proxies, login);
    }

    /** The same settings with these further arguments. */
    public StartSettings with(List<String> arguments) {
        return new StartSettings(registries, blockedRegistries, options, arguments, skipRegistration, proxies, login);
    }

    /** The same settings with these proxies and this login. */
    public StartSettings with(Proxies otherProxies, Optional<Credentials> otherLogin) {
        return new StartSettings(
                registries, blockedRegistries, options, startArguments, skipRegistration, otherProxies, otherLogin);
    }

    /**
     * Whether docker in the VM cannot pull from a registry by itself: nothing in minishift carries a login or an authority into the VM before
     * its first pull (minishift#391, #3016).
     */
    public boolean isClosedToDocker(String host) {
        return registries.at(host).credentials().isPresent() || hasOwnAuthority(host);
    }

    /** Whether the VM has to be told of an authority that vouches for a registry. */
    public boolean hasOwnAuthority(String host) {
        Registry registry = registries.at(host);
        return registry.ca().isPresent() && !registry.insecure();
    }

    /** Whether there is a registry from which docker in the VM cannot pull by itself. */
    public boolean hasClosedRegistry() {
        return registries.hosts().stream().anyMatch(this::isClosedToDocker);
    }

    /** The first value of an option, or what stands in for it. */
    public String first(StartOption option, String otherwise) {
        return options.getOrDefault(option, List.of(otherwise)).get(0);
    }

    /**
     * The OpenShift that will run, with its {@code v}.
     *
     * @param cached the versions whose {@code oc} is in the cache; they tell what an uncertain CDK brings
     */
    public String openshift(MinishiftVersion product, List<String> cached) {
        String version = first(StartOption.OPENSHIFT_VERSION, OpenShiftRelease.defaultOf(product, cached));
        return version.startsWith("v") ? version : "v" + version;
    }

    /** Which registries the parameters of their own ask the VM's docker to trust, to search and to refuse. */
    RegistryPolicy ownPolicy() {
        List<String> hosts = registries.hosts();
        return new RegistryPolicy(
                registries.own().insecure() ? hosts : List.of(),
                hosts,
                blockedRegistries.stream()
                        .filter(blocked -> !hosts.contains(blocked))
                        .toList());
    }

    /** The same, with what the further arguments ask for. */
    RegistryPolicy policy() {
        RegistryPolicy own = ownPolicy();
        RegistryPolicy further = DockerRegistries.parse(String.join(" ", startArguments));
        return new RegistryPolicy(
                joined(own.insecure(), further.insecure()),
                joined(own.searched(), further.searched()),
                joined(own.blocked(), further.blocked()));
    }

    private static List<String> joined(List<String> own, List<String> further) {
        return Stream.concat(own.stream(), further.stream()).distinct().toList();
    }

    /** Whether just the default registries are blocked. */
    boolean blocksByDefault() {
        return Set.copyOf(blockedRegistries).equals(Set.of(BLOCKED_BY_DEFAULT.split(",")));
    }

    /** Whether the VM is somebody's machine that minishift reaches by SSH: much of what is true of VMs is not true of it. */
    public boolean isGeneric() {
        return first(StartOption.VM_DRIVER, "").equals("generic");
    }
}
