package io.github.cdkmaven.minishift.checks;

import io.github.cdkmaven.engine.Proxies;
import io.github.cdkmaven.report.Check;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** Proxies: whether the VM would ask one for the registry's images. */
public final class ProxyCheck implements Supplier<List<Check>> {

    private final Proxies proxies;
    private final List<String> registries;

    /**
     * A look that is still to be taken.
     *
     * @param proxies those that minishift will find in its environment
     */
    public ProxyCheck(Proxies proxies, List<String> registries) {
        this.proxies = proxies;
        this.registries = registries;
    }

    @Override
    public List<Check> get() {
        if (proxies.isEmpty()) {
            return List.of(Check.ok("proxy.noProxy", "no proxy", "the VM's docker connects directly"));
        }
        List<Check> checks = new ArrayList<>();
        for (String registry : registries) {
            checks.add(
                    proxies.spares(registry)
                            ? Check.ok("proxy.noProxy", registry, "is reached without the proxy " + proxies.shown())
                            : Check.warn(
                                    "proxy.noProxy",
                                    registry,
                                    "minishift takes over the proxy " + proxies.shown()
                                            + " from the environment, so the VM's docker would use it for the registry's images",
                                    "add " + registry.replaceFirst(":\\d+$", "")
                                            + " to <noProxy> (-Dcdk.noProxy=…) or to the environment's no_proxy"));
        }
        return checks;
    }
}
