package io.github.cdkmaven.minishift;

import io.github.cdkmaven.image.RegistryName;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What the user wants of a start.
 *
 * @param registry the company's registry
 * @param registryInsecure whether that registry speaks plain HTTP, or shows a certificate that nobody vouches for
 * @param blockedRegistries registries that the VM's docker must not pull from
 * @param options flags with a parameter of their own; an option that is absent is left to minishift
 * @param startArguments further arguments, passed on as they are
 * @param skipRegistration whether the VM's RHEL stays unregistered
 * @param proxies the proxies of minishift and the VM
 * @param login with whom the VM is registered; absent for what minishift finds in its environment
 */
public record StartSettings(
        RegistryName registry,
        boolean registryInsecure,
        List<String> blockedRegistries,
        Map<StartOption, List<String>> options,
        List<String> startArguments,
        boolean skipRegistration,
        Proxies proxies,
        Optional<RedHatLogin> login) {

    /** The registries that are blocked where nobody chooses others, as the parameter's default is written. */
    public static final String BLOCKED_BY_DEFAULT = "registry.access.redhat.com,registry.redhat.io,docker.io,quay.io";

    public StartSettings {
        blockedRegistries = List.copyOf(blockedRegistries);
        options = Map.copyOf(options);
        startArguments = List.copyOf(startArguments);
    }

    /** Settings that say nothing of proxies and of a login at Red Hat. */
    public StartSettings(
            RegistryName registry,
            boolean registryInsecure,
            List<String> blockedRegistries,
            Map<StartOption, List<String>> options,
            List<String> startArguments,
            boolean skipRegistration) {
        this(
                registry,
                registryInsecure,
                blockedRegistries,
                options,
                startArguments,
                skipRegistration,
                Proxies.NONE,
                Optional.empty());
    }

    /** The same settings with these proxies and this login. */
    public StartSettings with(Proxies otherProxies, Optional<RedHatLogin> otherLogin) {
        return new StartSettings(
                registry,
                registryInsecure,
                blockedRegistries,
                options,
                startArguments,
                skipRegistration && otherLogin.isEmpty(),
                otherProxies,
                otherLogin);
    }

    /** The first value of an option, or what stands in for it. */
    public String first(StartOption option, String otherwise) {
        return options.getOrDefault(option, List.of(otherwise)).get(0);
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
