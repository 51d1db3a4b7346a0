package io.github.cdkmaven.engine;

import io.github.cdkmaven.problem.ProblemException;
import io.github.cdkmaven.process.Deadline;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * An engine that runs its OpenShift in a machine of its own, which it makes, starts, stops and deletes.
 *
 * <p>What changes the machine believes its state afterwards, and no exit status.
 */
public interface MachineEngine extends Engine {

    /** The file of the report directory that the engine's program gets for the account's kubeconfig. It may hold a login. */
    String KUBECONFIG = "engine.kubeconfig";

    @Override
    default Optional<MachineEngine> withMachine() {
        return Optional.of(this);
    }

    /** All of them: nobody else works there. */
    @Override
    default List<String> scope(List<String> namespaces) {
        return List.of();
    }

    /** The project that cluster up makes for its developer. */
    @Override
    default String project() {
        return "myproject";
    }

    /** The same engine for the machine that it has now, should the user choose another one as the default meanwhile. */
    MachineEngine pinned();

    /** What is known of the machine without running any program. */
    Machine machine();

    /** Whether it takes a stop to be sure that nothing of the machine runs; so it does where nobody can tell. */
    default boolean needsStop() {
        try {
            return state().needsStop();
        } catch (ProblemException e) {
            return machine().exists();
        }
    }

    /**
     * Makes the program ready for a start: in a new home it sets up what has to be there, and looks whether a start can be planned. To be done
     * before anything else lies in the home.
     */
    Product setUp(Deadline deadline);

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
}
