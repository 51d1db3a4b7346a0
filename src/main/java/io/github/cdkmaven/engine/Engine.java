package io.github.cdkmaven.engine;

import io.github.cdkmaven.openshift.OpenShiftApi;
import io.github.cdkmaven.openshift.Permission;
import io.github.cdkmaven.process.Deadline;
import io.github.cdkmaven.report.Check;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * An OpenShift and the way to it, with what the POM wants of it: all that a goal needs of a cluster that runs.
 *
 * <p>Everything that cannot be done is a {@link io.github.cdkmaven.problem.ProblemException}.
 */
public interface Engine {

    /** What the user calls it in {@code <engine>}, such as {@code minishift}. */
    String name();

    /** What messages call the thing that runs, such as {@code CDK}. */
    String noun();

    /** This engine with all that it does to its machine; empty for one without, on which nothing is started, stopped or locked. */
    Optional<MachineEngine> withMachine();

    /** Which product it is. */
    Product product();

    /** Asks for the state. */
    State state();

    /**
     * What has to be looked at before a start: the program, this machine, the way to the registries, the cluster. The looks can be taken side
     * by side, and what is wrong is a finding, never an exception.
     *
     * @param registries hosts with their ports, from which images are pulled; none where they are not known
     */
    List<Supplier<List<Check>>> checks(List<String> registries);

    /** The images that it needs in the registries. */
    NeededImages images();

    /** The cluster with the login of somebody who has some permissions; waits until it answers. */
    OpenShiftApi login(List<Permission> permissions, Deadline deadline);

    /**
     * The namespaces whose pods and permissions count, of a goal that is about some namespaces: none for all, where the whole cluster is the
     * user's own.
     */
    List<String> scope(List<String> namespaces);

    /** The namespace in which the build works. */
    String project();

    /**
     * Sees to it that the cluster may import from the registries.
     *
     * @return a sentence on what was done; empty if nothing had to be
     */
    Optional<String> allow(OpenShiftApi api, Deadline deadline);

    /**
     * Brings login and trust of the registries to where the machine's runtime and the pods and builds of the user's project look for them.
     * Changes nothing where they are in place.
     *
     * @return what was changed, or has to be, where that is worth telling
     */
    default List<Check> letPull(OpenShiftApi api, Deadline deadline) {
        return List.of();
    }

    /**
     * Whether goals may change objects of the whole cluster.
     *
     * @param ours whether a build of ours started the machine
     */
    default ClusterConfiguration configuration(boolean ours) {
        return ClusterConfiguration.OTHERS;
    }

    /** The address of what runs; empty where the engine does not tell one. */
    Optional<String> address();

    /** The address of the web console; empty where the engine does not tell one. */
    Optional<String> console();

    /** What the host names of routes end with; empty where that is not known. */
    Optional<String> routingSuffix();

    /** An {@code oc} for the cluster; empty where there is none at hand. */
    Optional<Path> oc();

    /** The docker of the machine, for who builds or pushes images with it; empty where nobody outside reaches one. */
    default Optional<DockerDaemon> docker() {
        return Optional.empty();
    }

    /** Who may log in to the web console, in one sentence for people, without a password. */
    String whoMayLogIn();

    /** What helps to find out why a goal failed: texts by file name, as the programs print them. What cannot be had says so. */
    Map<String, String> diagnosis();
}
