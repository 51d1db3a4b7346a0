package io.github.cdkmaven.verify;

import io.github.cdkmaven.engine.Contents;
import io.github.cdkmaven.engine.Contents.StoredImage;
import io.github.cdkmaven.openshift.Pods;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Gathers the images of a cluster from where they are seen, and gives each its verdict. */
final class Inspection {

    private final OriginJudge rule;
    private final Prevention prevention;
    private final ContentProof proof;
    private final Contents vm;
    private final ImageStore store;
    private final boolean external;

    Inspection(OriginJudge rule, Prevention prevention, ContentProof proof, Contents vm, boolean external) {
        this.rule = rule;
        this.prevention = prevention;
        this.proof = proof;
        this.vm = vm;
        this.store = new ImageStore(vm.images());
        this.external = external;
    }

    /** What pods run, or would run. */
    List<LocatedImage> pods(List<Pods.Container> containers) {
        return containers.stream()
                .map(container -> located(
                        container.location() + (container.init() ? " (init)" : ""),
                        store.ofPod(container.image(), container.imageId(), proof)))
                .toList();
    }

    /** What runs in the VM beside the pods, each image once. On somebody's own machine, only what the cluster runs. */
    List<LocatedImage> containers(List<Pods.Container> pods) {
        Map<String, String> names = new LinkedHashMap<>();
        vm.containers().stream()
                .filter(container -> !external || container.isClusters())
                .filter(container -> pods.stream().noneMatch(pod -> container.isOf(pod.pod(), pod.name())))
                .forEach(container -> names.merge(container.image(), container.name(), (first, second) -> first));
        List<LocatedImage> images = new ArrayList<>();
        names.forEach((image, name) -> images.add(located("vm container " + name, store.ofContainer(image, proof))));
        return images;
    }

    /** What lies in the VM's docker under a name, whether or not anything runs it. */
    List<LocatedImage> stored() {
        return vm.images().stream()
                .filter(StoredImage::hasName)
                .map(image -> located("vm", store.of(image, proof)))
                .distinct()
                .toList();
    }

    private LocatedImage located(String location, ImageOrigin origin) {
        OriginVerdict verdict = rule.judge(origin);
        String detail = verdict.isExternal() ? prevention.explain(origin.named(), verdict) : verdict.why();
        return new LocatedImage(location, origin.named(), verdict, detail + origin.digests());
    }
}
