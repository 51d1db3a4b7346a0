package io.github.cdkmaven.lifecycle;

import io.github.cdkmaven.engine.ClusterConfiguration;
import io.github.cdkmaven.engine.Engine;
import io.github.cdkmaven.engine.Machine;
import io.github.cdkmaven.engine.MachineEngine;
import io.github.cdkmaven.engine.Product;
import io.github.cdkmaven.engine.State;
import io.github.cdkmaven.openshift.OpenShiftApi;
import io.github.cdkmaven.openshift.Permission;
import io.github.cdkmaven.ownership.OwnershipFiles;
import io.github.cdkmaven.ownership.VmRecord;
import io.github.cdkmaven.problem.Problem;
import io.github.cdkmaven.process.Deadline;
import io.github.cdkmaven.report.CdkFacts;
import io.github.cdkmaven.report.CdkFacts.Fact;
import io.github.cdkmaven.report.ReportBuilder;
import io.github.cdkmaven.streams.StreamMoving;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The cluster that an engine runs, for goals that start none: which one it is, and the login. */
final class RunningCluster {

    private static final Logger LOG = LoggerFactory.getLogger(RunningCluster.class);

    private RunningCluster() {}

    /**
     * Says first of all which cluster it is.
     *
     * @param purpose what is to be done with it, such as {@code whose images could be looked at}
     * @throws io.github.cdkmaven.problem.ProblemException if it does not run
     */
    static void require(Engine engine, String purpose, ReportBuilder report) {
        Product product = engine.product();
        tell(product, report);
        engine.withMachine()
                .ifPresent(owner ->
                        report.cdk(CdkFacts.none().withProfile(owner.machine().profile())));
        State state = engine.state();
        if (!state.isRunning()) {
            Optional<Problem> obstacle = state.obstacle();
            throw Problem.of(
                            "There is no running " + engine.noun() + " " + purpose + ".",
                            obstacle.map(Problem::fix)
                                            .map(fix -> fix + "; or ")
                                            .or(() -> engine.withMachine()
                                                    .map(MachineEngine::machine)
                                                    .map(RunningCluster::start))
                                            .orElse("")
                                    + "name another cluster: <kubeconfig> (-Dcdk.kubeconfig=…)")
                    .with(obstacle.map(Problem::what).map(List::of).orElse(List.of()))
                    .with(engine.name() + " status: " + state)
                    .toException();
        }
        report.cdk(CdkFacts.none().withOpenshift(state.openshift().orElse("")));
    }

    private static String start(Machine machine) {
        return "start it with " + machine.goal("start")
                + (machine.isOnly()
                        ? ""
                        : ", or name the one that is running: <home>, <profile> (-Dcdk.home, -Dcdk.profile)")
                + "; or ";
    }

    /** Which product, or which cluster, it is. */
    static void tell(Product product, ReportBuilder report) {
        LOG.info("Using {} ({})", product, product.program());
        report.cdk(product.facts());
    }

    /** Whether objects of the whole cluster may be changed, by who started its machine. */
    static ClusterConfiguration configuration(Engine engine) {
        return engine.configuration(engine.withMachine()
                .map(MachineEngine::machine)
                .flatMap(machine -> OwnershipFiles.of(machine)
                        .record()
                        .read()
                        .filter(record -> record.isOfStart(machine.lastStart())))
                .flatMap(VmRecord::startedBy)
                .isPresent());
    }

    /**
     * The step of logging in as somebody who may move the ImageStreams, which are read meanwhile where the login is known already.
     *
     * @param more what else is to be permitted; the cluster may have to be asked for it
     */
    static OpenShiftApi logIn(
            Engine engine,
            StreamMoving moving,
            Supplier<List<Permission>> more,
            Deadline deadline,
            ReportBuilder report) {
        if (engine.withMachine().isEmpty()) {
            moving.begin(engine.login(List.of(), deadline));
        }
        List<Permission> all = new ArrayList<>(moving.permissions());
        all.addAll(more.get());
        return logIn(engine, all, deadline, report);
    }

    /** The step of logging in. */
    static OpenShiftApi logIn(Engine engine, List<Permission> permissions, Deadline deadline, ReportBuilder report) {
        return logIn(engine, () -> engine.login(permissions, deadline), report);
    }

    /** The step of a login that may be under way. */
    static OpenShiftApi logIn(Engine engine, Supplier<OpenShiftApi> login, ReportBuilder report) {
        OpenShiftApi api = report.step("Log in", login::get);
        report.cdk(CdkFacts.none()
                .with(Fact.API_URL, api.access().server().toString())
                .withIp(engine.withMachine().flatMap(Engine::address).orElse("")));
        return api;
    }
}
