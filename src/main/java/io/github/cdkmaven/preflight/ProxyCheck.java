package io.github.cdkmaven.preflight;

import io.github.cdkmaven.report.Check;
import java.util.ArrayList;
import java.util.List;

/** Proxies: whether the VM would ask one for the registry's images. */
final class ProxyCheck implements PreflightCheck {

    private final ProxySettings proxies;
    private final List<String> registries;

    ProxyCheck(ProxySettings proxies, List<String> registries) {
        this.proxies = proxies;
        this.registries = registries;
    }

    @Override
    public List<Check> run() {
        if (proxies.proxy().isEmpty()) {
            return List.of(Check.ok("proxy.noProxy", "no proxy", "the VM's docker asks the registry itself"));
        }
        List<Check> checks = new ArrayList<>();
        for (String registry : registries) {
            checks.add(
                    proxies.spares(registry)
                            ? Check.ok("proxy.noProxy", registry, "is reached without the proxy " + proxies.shown())
                            : Check.warn(
                                    "proxy.noProxy",
                                    registry,
                                    "minishift takes the proxy " + proxies.shown()
                                            + " over from the environment, and the VM's docker would ask it for the registry's images",
                                    "add " + registry.replaceFirst(":\\d+$", "")
                                            + " to <noProxy> (-Dcdk.noProxy=…) or to the environment's no_proxy"));
        }
        return checks;
    }
}
