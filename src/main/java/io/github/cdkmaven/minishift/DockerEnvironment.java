package io.github.cdkmaven.minishift;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * What the docker of an existing VM has in its environment otherwise than the POM asks: it is frozen when the VM is created, the proxies as
 * well (minishift#1797). Values may be secrets, so they are not shown.
 */
final class DockerEnvironment {

    private DockerEnvironment() {}

    /**
     * The differences; none for what only the VM has, since minishift puts things of its own there.
     *
     * @param vm the VM's variables, {@code NAME=value}
     */
    static List<Drift> drift(StartPlan plan, Collection<String> vm) {
        List<Drift> found = new ArrayList<>();
        for (String variable : Drift.values(plan.arguments(), "docker-env")) {
            if (!vm.contains(variable)) {
                String name = variable.replaceFirst("(?s)=.*", "");
                String other = value(vm, name).isPresent() ? "another value of " + name : Drift.NOTHING;
                found.add(new Drift("docker-env", name + "=…", other, true));
            }
        }
        for (String name : List.of("http_proxy", "https_proxy")) {
            Optional<String> held = value(vm, name);
            Optional.ofNullable(plan.environment().get(name))
                    .filter(url -> !url.isEmpty() && !held.equals(Optional.of(url)))
                    .ifPresent(url -> found.add(proxy(name, url, held)));
        }
        return found;
    }

    /** A proxy is no reason to refuse a VM whose images come from the registry, which no proxy stands before. */
    private static Drift proxy(String name, String url, Optional<String> held) {
        String vm = held.map(DockerEnvironment::withoutLogin).orElse(Drift.NOTHING);
        String pom = withoutLogin(url);
        return new Drift(
                name.replace('_', '-') + " of docker", pom, vm.equals(pom) ? "the same with another login" : vm, false);
    }

    private static String withoutLogin(String url) {
        return url.replaceFirst("//[^/]*@", "//");
    }

    private static Optional<String> value(Collection<String> variables, String name) {
        return variables.stream()
                .filter(variable -> variable.regionMatches(true, 0, name + "=", 0, name.length() + 1))
                .map(variable -> variable.substring(name.length() + 1))
                .findFirst();
    }
}
