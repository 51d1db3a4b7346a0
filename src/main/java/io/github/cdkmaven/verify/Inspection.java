package io.github.cdkmaven.verify;

import io.github.cdkmaven.openshift.Pods;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Gathers the images of a cluster from where they are seen, and gives each its verdict. */
final class Inspection {

    private final OriginRule rule;
    private final Prevention prevention;
    private final ContentProof proof;
    private final VmContents vm;
    private final boolean generic;

    Inspection(OriginRule rule, Prevention prevention, ContentProof proof, VmContents vm, boolean generic) {
        this.rule = rule;
        this.prevention = prevention;
        this.proof = proof;
        this.vm = vm;
        this.generic = generic;
    }

    /** What pods run, or would run. */
    List<LocatedImage> pods(List<Pods.Container> containers) {
        return containers.stream()
                .map(container -> finding(
                        container.location() + (container.init() ? " (init)" : ""),
                        vm.store().ofPod(container.image(), container.imageId(), proof)))
                .toList();
    }

    /** What runs in the VM beside the pods, each image once. On somebody's own machine, only what the cluster runs. */
    List<LocatedImage> containers(List<Pods.Container> pods) {
        Map<String, String> names = new LinkedHashMap<>();
        vm.containers().stream()
                .filter(container -> !generic || container.isClusters())
                .filter(container -> pods.stream().noneMatch(pod -> container.isOf(pod.pod(), pod.name())))
                .forEach(container -> names.merge(container.image(), container.name(), (first, second) -> first));
        List<LocatedImage> findings = new ArrayList<>();
        names.forEach((image, name) ->
                findings.add(finding("vm container " + name, vm.store().ofContainer(image, proof))));
        return findings;
    }

    /** What lies in the VM's docker under a name, whether or not anything runs it. */
    List<LocatedImage> stored() {
        return vm.store().images().stream()
                .filter(StoredImage::hasName)
                .map(image -> finding("vm", vm.store().of(image, proof)))
                .distinct()
                .toList();
    }

    private LocatedImage finding(String location, ImageOrigin evidence) {
        OriginVerdict judgement = rule.judge(evidence);
        String detail = judgement.isExternal() ? prevention.explain(evidence.named(), judgement) : judgement.why();
        return new LocatedImage(location, evidence.named(), judgement, detail + evidence.digests());
    }
}
