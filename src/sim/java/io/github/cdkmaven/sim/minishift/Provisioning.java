package io.github.cdkmaven.sim.minishift;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.github.cdkmaven.sim.Lie;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Brings OpenShift into a VM that runs: cached images, {@code oc}, cluster up, and what comes after it. */
final class Provisioning {

    private static final int REQUESTS_BEFORE_READY = 8;

    private final Session session;
    private final Settings settings;
    private final OpenshiftVersion openshift;
    private final boolean restart;
    private final Call call;

    Provisioning(Session session, Settings settings, OpenshiftVersion openshift, boolean restart) {
        this.session = session;
        this.settings = settings;
        this.openshift = openshift;
        this.restart = restart;
        this.call = session.call();
    }

    void run() {
        if (!restart) {
            importCachedImages();
        }
        call.println("-- OpenShift cluster will be configured with ...");
        call.println("   Version: " + openshift.text());
        if (session.generation().clusterUpRunsInVm()) {
            copyOc();
        }
        String extra = session.experimental() ? settings.text("extra-clusterup-flags", "") : "";
        ClusterUp clusterUp = new ClusterUp(
                session,
                ClusterUpArguments.of(
                        session.version(), openshift, settings, session.vm().ip(), extra));
        List<PlatformImage> images = clusterUp.run(extra, restart);
        startCluster(images);
        clusterUp.announce(restart);
        if (restart) {
            switchContext();
        } else {
            finishFirstStart();
        }
        if (session.world().lies(Lie.API_SLOW_TO_COME)) {
            session.cluster().notReadyFor(REQUESTS_BEFORE_READY);
        }
    }

    private boolean cachesImages() {
        return settings.isOn("image-caching", session.generation().cachesImages());
    }

    private List<String> imagesToCache() {
        Set<String> names = new LinkedHashSet<>(ImageCommand.configured(session));
        names.addAll(session.version().coreImages(openshift));
        return List.copyOf(names);
    }

    private void importCachedImages() {
        if (!cachesImages()) {
            return;
        }
        OciCache cache = new OciCache(session.home().imageCache());
        for (String name : imagesToCache()) {
            call.print("   Importing '" + name + "' ");
            if (!cache.has(name)) {
                call.println(" CACHE MISS");
            } else if (cache.isIntact(name)) {
                session.vm().loadImage(name, cache.configuration(name));
                call.println(". OK");
            } else {
                call.println(". FAIL");
            }
        }
    }

    private void copyOc() {
        String image = session.version().ocImage(openshift);
        boolean pullsItself = session.generation().pullsBeforeCopyingOc();
        if (pullsItself && !session.docker().has(image)) {
            String wording = session.generation().ocImageWording();
            call.print("-- Pulling the " + wording + " Container Image ");
            String failure = "Error pulling the " + session.generation().ocImageFailureWording() + " container image: ";
            Progress.dots(session, 0);
            pull(image, failure, "docker pull " + image);
            call.println(" OK");
        }
        call.print("-- Copying oc binary from the OpenShift container image to VM ");
        call.print(pullsItself ? "..." : ".");
        if (!session.docker().has(image)) {
            pull(image, "Error copying the oc binary to /var/lib/minishift/bin: ", "docker create --name tmp " + image);
        }
        session.vm().set("oc", TextNode.valueOf(openshift.text()));
        call.println(" OK");
    }

    private void pull(String image, String failure, String command) {
        try {
            // minishift runs the docker command in the VM, as the user of its login shell.
            session.docker().pull(image, DockerLogins.configured(session.vm(), VmDisk.HOME));
        } catch (Docker.PullException e) {
            throw ExitException.failure(failure + "ssh command error:\ncommand : " + command
                    + "\nerr     : exit status 1\noutput  : " + e.getMessage());
        }
    }

    private void startCluster(List<PlatformImage> images) {
        List<String> admins = new ArrayList<>(session.world().admins());
        if (restart) {
            admins.addAll(session.vm().texts("admins"));
        } else if (makesAdmin()) {
            admins.add("admin");
        }
        ArrayNode kept = JsonFile.mapper().createArrayNode();
        admins.forEach(kept::add);
        session.vm().set("admins", kept);
        rememberContainers(session, images);
        session.cluster()
                .start(new Cluster.Request(
                        openshift, session.vm().ip(), List.copyOf(admins), Optional.empty(), images));
    }

    /** The add-on comes after the login of the developer: when that fails, nobody becomes an administrator. */
    private boolean makesAdmin() {
        return AddonsCommand.enabled(session).contains("admin-user")
                && !session.world().lies(Lie.ADMIN_NOT_ADMIN)
                && new Kubeconfigs(session).knowsCluster();
    }

    static void rememberContainers(Session session, List<PlatformImage> images) {
        ArrayNode containers = JsonFile.mapper().createArrayNode();
        images.forEach(image ->
                containers.addObject().put("component", image.component()).put("image", image.pulled()));
        session.vm().set("containers", containers);
    }

    private void switchContext() {
        SimulatedGeneration generation = session.generation();
        String failure = "Could not set oc CLI context for '" + session.profile() + "' profile: ";
        String reason = "";
        if (!java.nio.file.Files.exists(session.home().kubeconfig())) {
            reason = "The specified path to the kube config '" + session.home().kubeconfig() + "' does not exist";
        } else {
            reason = contextFailure();
        }
        if (reason.isEmpty()) {
            return;
        }
        String message = failure + "Error during setting '" + session.profile() + "' as active profile: " + reason;
        throw ExitException.with(generation.failsWhenContextCannotBeSet() ? 1 : 0, message);
    }

    private String contextFailure() {
        try {
            new Kubeconfigs(session).setContext();
            return "";
        } catch (IllegalStateException e) {
            return String.valueOf(e.getMessage());
        }
    }

    private void finishFirstStart() {
        Kubeconfigs kubeconfigs = new Kubeconfigs(session);
        kubeconfigs.writeSystemAdmin();
        String reason = contextFailure();
        if (!reason.isEmpty()) {
            throw ExitException.failure("Error during post cluster up configuration: " + reason);
        }
        for (String addon : AddonsCommand.enabled(session)) {
            call.println("-- Applying addon '" + addon + "':..");
        }
        exportImages();
    }

    private void exportImages() {
        OciCache cache = new OciCache(session.home().imageCache());
        if (cachesImages() && !imagesToCache().stream().allMatch(cache::has)) {
            long pid = BackgroundExport.start(session.world());
            call.println("-- Exporting of OpenShift images is occuring in background process with pid " + pid + ".");
        }
    }
}
