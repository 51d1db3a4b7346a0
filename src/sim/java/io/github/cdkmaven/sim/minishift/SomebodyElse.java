package io.github.cdkmaven.sim.minishift;

import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Another user of the same account, who starts the VM with settings of their own just before we do. */
final class SomebodyElse {

    private SomebodyElse() {}

    static void startsTheVm(Session session) {
        if (session.home().hasMachine()) {
            return;
        }
        PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream(), true, StandardCharsets.UTF_8);
        Call theirs =
                new Call(session.world(), List.of(), Map.of(), session.call().in(), nowhere, nowhere);
        Session other = new Session(theirs, session.version(), false, session.home(), session.vm(), session.cluster());
        startOn(other);
    }

    /** Boots and starts everything as if all images had been there. */
    static void startOn(Session session) {
        OpenshiftVersion openshift = OpenshiftVersion.of(session.version().openshift());
        Settings none = session.settings(new ParsedFlags(Map.of(), List.of()));
        new MachineBoot(session, none, List.of()).create();
        JsonFile.write(
                session.home().state(),
                JsonFile.object()
                        .put("OcPath", session.home().oc(openshift).toString())
                        .put("OpenshiftVersion", openshift.text()));
        ControlPlane plane = ClusterUpArguments.of(
                        session.version(), openshift, none, session.vm().ip(), "")
                .controlPlane();
        List<PlatformImage> images = plane.all().entrySet().stream()
                .map(image -> new PlatformImage(image.getKey(), image.getValue(), image.getValue()))
                .toList();
        images.forEach(image -> session.vm().addImage(image.pulled()));
        Provisioning.rememberContainers(session, images);
        List<String> admins = List.of("admin");
        session.cluster().start(new Cluster.Request(openshift, session.vm().ip(), admins, Optional.empty(), images));
        new Kubeconfigs(session).writeSystemAdmin();
    }
}
