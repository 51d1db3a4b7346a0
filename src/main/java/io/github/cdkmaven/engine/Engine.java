package io.github.cdkmaven.engine;

import io.github.cdkmaven.openshift.ClusterAccess;
import io.github.cdkmaven.openshift.OpenShiftApi;
import io.github.cdkmaven.openshift.Permission;
import io.github.cdkmaven.process.Deadline;
import io.github.cdkmaven.report.Check;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * A program that runs an OpenShift on this machine, with what the POM wants of it.
 *
 * <p>Everything that cannot be done is a {@link io.github.cdkmaven.problem.ProblemException}. What changes the machine believes its state
 * afterwards, and no exit status.
 */
public interface Engine {

    /** What the program is called, such as {@code minishift}. */
    String name();

    /** The same engine for the machine that it has now, should the user choose another one as the default meanwhile. */
    Engine pinned();

    /** What is known of the machine without running any program. */
    Machine machine();

    /**
     * Makes the program ready for a start: in a new home it sets up what has to be there, and looks whether a start can be planned. To be done
     * before anything else lies in the home.
     */
    Product setUp(Deadline deadline);

    /** Which product it is; asked once, and then kept. */
    Product product();

    /** Asks for the state of the machine. */
    State state();

    /**
     * What has to be looked at before a start: the program, this machine, the way to the registries. The looks can be taken side by side, and
     * what is wrong is a finding, never an exception.
     *
     * @param registries hosts with their ports, from which the machine pulls; none where they are not known
     */
    List<Supplier<List<Check>>> checks(List<String> registries);

    /** The images that a start needs in the registries. */
    NeededImages images();

    /** Which registries the POM wants the machine to trust, to search and to refuse. */
    RegistryPolicy policy();

    /** In what an existing machine is otherwise than the POM wants it; none where there is no machine. */
    List<Difference> differences();

    /**
     * Brings in the images that the machine cannot pull by itself, and starts it.
     *
     * @param child is told of the process that does it, which goes on when this one is killed
     */
    Start start(Deadline deadline, Consumer<ProcessHandle> child);

    /**
     * A start that has succeeded.
     *
     * @param state the state afterwards
     * @param ours whether it was this call that started the machine; false when somebody else was quicker
     */
    record Start(State state, boolean ours) {}

    /** Puts right what was changed outside the engine's home for a build that was killed before it could do so. Runs no program. */
    void recover();

    /** Stops the machine. */
    void stop(Duration limit, Consumer<ProcessHandle> child);

    /** Deletes the machine; what the engine has fetched for it stays. */
    void delete(Duration limit, Consumer<ProcessHandle> child);

    /**
     * The cluster of a kubeconfig.
     *
     * @param kubeconfig the file; absent for the engine's own cluster
     * @param context its context; absent for the current one
     */
    ClusterAccess access(Optional<Path> kubeconfig, Optional<String> context);

    /** The cluster with the login of somebody who has some permissions; waits until it answers. */
    OpenShiftApi administrator(List<Permission> permissions, Deadline deadline);

    /**
     * Sees to it that the cluster may import from the registries.
     *
     * @return a sentence on what was done; empty if nothing had to be
     */
    Optional<String> allow(OpenShiftApi api, Deadline deadline);

    /**
     * Brings login and trust of the registries to where the machine's runtime and the pods and builds of the user's project look for them.
     * Changes nothing where they are in place.
     */
    default void letPull(OpenShiftApi api, Deadline deadline) {}

    /** What runs in the machine, what it holds, and what its runtime was told of registries. */
    Contents contents(Duration limit);

    /** Makes the machine try to pull some images, and removes what it could pull. */
    List<Pull> pull(List<String> images, Duration limit);

    /**
     * A try to pull an image.
     *
     * @param text what the runtime said, to be read by us alone
     * @param shown what people may see of it
     */
    record Pull(String image, boolean succeeded, String text, String shown) {}

    /** The address of a running machine; empty where the engine does not tell one. */
    Optional<String> address();

    /** The address of the web console; empty where the engine does not tell one. */
    Optional<String> console();

    /** What the host names of routes end with; empty where that is not known. */
    Optional<String> routingSuffix();

    /** An {@code oc} of the cluster's version. */
    Path oc();

    /** What helps to find out why a goal failed: texts by file name, as the programs print them. What cannot be had says so. */
    Map<String, String> diagnosis();
}
