package io.github.cdkmaven.verify;

import io.github.cdkmaven.engine.MachineEngine;
import io.github.cdkmaven.engine.MachineEngine.Pull;
import io.github.cdkmaven.image.References;
import io.github.cdkmaven.openshift.NamespaceSelection;
import io.github.cdkmaven.openshift.StreamItems.Item;
import io.github.cdkmaven.registry.Registries;
import io.github.cdkmaven.report.Check;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Makes the VM pull an image that a moved ImageStream stands for, as a build or a pod would: the stream is of use, and not only right on paper. */
final class PullProbe {

    private static final String ID = "verify.pull";

    private final Registries registries;

    PullProbe(Registries registries) {
        this.registries = registries;
    }

    /**
     * Tries it.
     *
     * @param items what the tags stand for
     * @param namespaces whose streams were moved, by name or by glob
     */
    Check check(MachineEngine machine, List<Item> items, List<String> namespaces, Duration limit) {
        Optional<Item> found = candidate(items, new NamespaceSelection(namespaces));
        if (found.isEmpty()) {
            return Check.warn(
                    ID,
                    String.join(", ", namespaces),
                    "No ImageStream there refers to an image of the registry, so none was pulled.",
                    "run cdk:imagestreams, which moves them");
        }
        Item item = found.get();
        String subject = item.stream() + ":" + item.tag();
        if (registries.all().stream()
                .anyMatch(registry -> registry.credentials().isPresent())) {
            return Check.warn(
                    ID,
                    subject,
                    "Not tried: the registry requires a login, which pods and builds have, but the VM's own runtime does not.",
                    "try a build from it in OpenShift: 'oc new-build'");
        }
        Pull pull = machine.pull(List.of(item.image()), limit).get(0);
        return pull.succeeded()
                ? Check.ok(ID, subject, "the VM pulls " + item.image())
                : Check.fail(
                        ID,
                        subject,
                        "The VM cannot pull " + item.image() + ", although the ImageStream was moved to it: "
                                + BlockedProbe.lastLine(pull),
                        "the message shows what the VM lacks; 'mvn cdk:preflight' checks access for each party that pulls");
    }

    /** The first builder; of another kind, where there is none. */
    private Optional<Item> candidate(List<Item> items, NamespaceSelection selection) {
        return items.stream()
                .filter(item -> item.current() && selection.includes(item.namespace()))
                .filter(item -> References.host(item.image())
                        .filter(registries.hosts()::contains)
                        .isPresent())
                .min(Comparator.comparing((Item item) -> !item.builder())
                        .thenComparing(Item::stream)
                        .thenComparing(Item::tag));
    }
}
