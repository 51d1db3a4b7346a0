package io.github.cdkmaven.verify;

import io.github.cdkmaven.report.Check;
import java.util.List;

/** Holds what the VM's docker was told against what was asked for: minishift applies it only when it creates the VM. */
final class DaemonCheck {

    private static final String ID = "verify.daemon";
    private static final String SUBJECT = "docker in the VM";

    private DaemonCheck() {}

    /**
     * The check.
     *
     * @param recreate how to get a new VM
     */
    static Check of(VmContents vm, DaemonOptions asked, String recreate) {
        if (vm.options().isEmpty()) {
            return Check.warn(
                    ID,
                    SUBJECT,
                    "Its unit could not be read, so nobody knows which registries it trusts, searches and blocks.",
                    "look at 'minishift ssh -- systemctl cat docker'");
        }
        DaemonOptions actual = vm.options().get();
        List<String> drift = actual.drift(asked);
        if (!drift.isEmpty()) {
            return Check.warn(
                    ID,
                    SUBJECT,
                    "It is not as asked for: " + String.join(", ", drift) + ". It has: " + actual + ".",
                    "the VM keeps what it was created with: " + recreate);
        }
        return vm.searches()
                ? Check.ok(ID, SUBJECT, actual.toString())
                : Check.warn(
                        ID,
                        SUBJECT,
                        "It is not Red Hat's docker: it neither searches nor blocks registries, whatever its unit says.",
                        "block the public registries in the network of that machine");
    }
}
