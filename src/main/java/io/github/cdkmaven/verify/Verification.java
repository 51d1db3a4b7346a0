package io.github.cdkmaven.verify;

import io.github.cdkmaven.engine.Contents;
import io.github.cdkmaven.engine.Engine;
import io.github.cdkmaven.engine.MachineEngine;
import io.github.cdkmaven.image.ImageReference;
import io.github.cdkmaven.image.References;
import io.github.cdkmaven.openshift.ImageConfig;
import io.github.cdkmaven.openshift.ImporterDialect;
import io.github.cdkmaven.openshift.MirrorSets;
import io.github.cdkmaven.openshift.OpenShiftApi;
import io.github.cdkmaven.openshift.Pods;
import io.github.cdkmaven.openshift.StreamItems;
import io.github.cdkmaven.openshift.StreamItems.Item;
import io.github.cdkmaven.problem.Problem;
import io.github.cdkmaven.process.Deadline;
import io.github.cdkmaven.registry.Registries;
import io.github.cdkmaven.registry.RegistryClients;
import io.github.cdkmaven.report.Check;
import io.github.cdkmaven.report.ReportBuilder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Proves where the images of a running cluster came from: asks the cluster, and the VM where there is one, and tells what that comes to. */
public final class Verification {

    private static final Logger LOG = LoggerFactory.getLogger(Verification.class);
    private static final Duration SHORTEST = Duration.ofMinutes(1);

    private final Registries registries;
    private final List<String> namespaces;
    private final VerifyPolicy policy;
    private final Engine engine;
    private final OpenShiftApi api;

    /**
     * A proof that is still to be made.
     *
     * @param namespaces whose ImageStreams are looked at
     */
    public Verification(
            Registries registries, List<String> namespaces, VerifyPolicy policy, Engine engine, OpenShiftApi api) {
        this.registries = registries;
        this.namespaces = List.copyOf(namespaces);
        this.policy = policy;
        this.engine = engine;
        this.api = api;
    }

    /**
     * Makes it.
     *
     * @throws io.github.cdkmaven.problem.ProblemException if an image came from outside, if a pod cannot get its image, or if the cluster or
     *     the VM cannot be asked
     */
    public void run(ReportBuilder report) {
        OpenShiftApi timed = api.within(Deadline.in(policy.timeout().plus(SHORTEST)));
        List<String> scope = engine.scope(namespaces);
        List<Pods.Container> pods = Pods.explained(timed, Pods.settled(timed, scope, Deadline.in(policy.timeout())));
        OpenShiftApi reading = api.within(Deadline.in(limit()));
        StreamItems streams = StreamItems.of(reading, scope).withStreamsOf(reading, imagesOf(pods));
        List<Item> items = streams.items();
        Optional<MachineEngine> machine = engine.withMachine();
        Contents vm = machine.map(owner -> owner.contents(limit())).orElse(Contents.NONE);
        AllowedImages allowed = new AllowedImages(policy.allowedImages());
        OriginRule rule = new OriginRule(
                Set.copyOf(registries.hosts()),
                allowed,
                vm.searchOrder(),
                streams.registry(),
                new PullThrough(items, streams.namespaces()));
        List<Check> checks = new ArrayList<>();
        VerificationResult result;
        Optional<Check> currentItems;
        try (RegistryClients clients = new RegistryClients(registries)) {
            RegistryProof proof = new RegistryProof(clients);
            OriginJudge judge = ImporterDialect.of(timed).imageConfig() ? byMirrors(timed, rule, vm, proof) : rule;
            result = judge(pods, vm, judge, proof);
            currentItems = CurrentItemsCheck.of(items, namespaces, judge);
        }
        machine.ifPresent(owner -> checks.addAll(somethingRuns(pods, vm)));
        checks.addAll(vm.findings());
        checks.addAll(PodChecks.of(pods, allowed));
        checks.addAll(result.warnings());
        currentItems.ifPresent(checks::add);
        machine.filter(owner -> policy.probeBlocked()).ifPresent(owner -> checks.addAll(probe(owner)));
        machine.filter(owner -> policy.probePull())
                .ifPresent(owner -> checks.add(new PullProbe(registries).check(owner, items, namespaces, limit())));
        report.images(result.counted().stream().map(LocatedImage::toReport).toList())
                .checks(checks);
        if (machine.isPresent()) {
            LOG.info(
                    "Checked the containers of pods ({}), the containers in the VM ({}) and the images in its store ({})",
                    pods.size(),
                    vm.containers().size(),
                    vm.images().size());
        } else {
            LOG.info("Checked the containers of pods ({}) and the ImageStreams in {}", pods.size(), scope);
        }
        Optional<Problem> problem = result.problem(registries.own().name().toString(), checks);
        if (problem.isPresent()) {
            throw problem.get().toException();
        }
    }

    /** What the pods ask for, and what the nodes say that they run. */
    private static List<ImageReference> imagesOf(List<Pods.Container> pods) {
        return pods.stream()
                .flatMap(container -> Stream.concat(
                        Stream.of(container.image()),
                        container.imageId().map(id -> id.replaceFirst("^[-a-z]+://", "")).stream()))
                .flatMap(image -> References.parse(image).stream())
                .toList();
    }

    private List<Check> probe(MachineEngine machine) {
        List<String> images = BlockedProbe.of(machine.policy().blocked()).images();
        String recreate = machine.machine().recreate();
        return machine.pull(images, limit()).stream()
                .map(pull -> BlockedProbe.check(pull, recreate))
                .toList();
    }

    /** OpenShift itself runs in the VM: where neither tells of anything, nothing was looked at. */
    private static List<Check> somethingRuns(List<Pods.Container> pods, Contents vm) {
        return pods.isEmpty() && vm.containers().isEmpty() && vm.images().isEmpty()
                ? List.of(Check.fail(
                        "verify.contents",
                        "docker in the VM",
                        "Neither the cluster nor docker reports a container or an image, although OpenShift is running there, so nothing is"
                                + " proven.",
                        "check what runs there with 'docker ps' and 'docker images' in the VM"))
                : List.of();
    }

    private MirrorRule byMirrors(OpenShiftApi timed, OriginRule rule, Contents vm, RegistryProof proof) {
        return new MirrorRule(
                rule, vm, MirrorSets.of(timed), ImageConfig.of(timed).blockedRegistries(), registries, proof);
    }

    private VerificationResult judge(List<Pods.Container> pods, Contents vm, OriginJudge judge, RegistryProof proof) {
        boolean external =
                engine.withMachine().filter(owner -> owner.machine().external()).isPresent();
        Optional<Prevention.Blocking> blocking = engine.withMachine()
                .map(owner -> new Prevention.Blocking(
                        owner.policy(), vm.policy(), owner.machine().recreate()));
        Prevention prevention = new Prevention(registries, blocking);
        return VerificationResult.of(new Inspection(judge, prevention, proof, vm, external), pods, external);
    }

    /** The pods may have used up the time; the VM still gets enough to answer. */
    private Duration limit() {
        return Collections.max(List.of(policy.timeout(), SHORTEST));
    }
}
