package io.github.cdkmaven.verify;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cdkmaven.engine.Contents.Container;
import io.github.cdkmaven.engine.Contents.StoredImage;
import io.github.cdkmaven.image.ImageReference;
import io.github.cdkmaven.minishift.VmAnswers;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The evidence in the VM's store")
class ImageStoreTest {

    private static final String OSE = "sha256:" + "0".repeat(63) + "1";
    private static final String REDIS = "sha256:" + "0".repeat(63) + "2";
    private static final String LOST = "sha256:" + "0".repeat(63) + "3";
    private static final String DIGEST = "sha256:" + "d".repeat(64);
    private static final String OTHER = "sha256:" + "e".repeat(64);

    private final ImageStore store =
            new ImageStore(VmAnswers.images("registry.access.redhat.com/openshift3/ose|v3.9.31|<none>|" + OSE
                    + "\r\nregistry.corp.example:5000/library/redis|5|" + DIGEST + "|" + REDIS
                    + "\nredis|<none>|" + OTHER + "|" + REDIS
                    + "\n<none>|<none>|<none>|" + LOST + "\nno row\n"));

    private final List<String> asked = new ArrayList<>();
    private final ContentProof yes = (id, names) -> {
        asked.add(id + " " + names);
        return true;
    };
    private final ContentProof no = (id, names) -> false;

    private static List<ImageReference> references(String... names) {
        return java.util.stream.Stream.of(names).map(ImageReference::parse).toList();
    }

    @Test
    @DisplayName("of a row with a digest is that pull alone; of one without, the comparison with the registry")
    void rows() {
        List<StoredImage> rows = store.images();

        assertThat(rows).hasSize(4);
        assertThat(rows.stream().filter(StoredImage::hasName).map(StoredImage::name))
                .containsExactly(
                        "registry.access.redhat.com/openshift3/ose:v3.9.31",
                        "registry.corp.example:5000/library/redis:5",
                        "redis@" + OTHER);
        assertThat(store.of(rows.get(1), yes))
                .isEqualTo(new ImageOrigin(
                        "registry.corp.example:5000/library/redis:5",
                        true,
                        references("registry.corp.example:5000/library/redis@" + DIGEST),
                        false));
        assertThat(asked).isEmpty();
        assertThat(store.of(rows.get(0), yes))
                .isEqualTo(new ImageOrigin("registry.access.redhat.com/openshift3/ose:v3.9.31", true, List.of(), true));
        assertThat(asked).containsExactly(OSE + " [registry.access.redhat.com/openshift3/ose:v3.9.31]");
        assertThat(store.of(rows.get(0), no).sameAsRegistrys()).isFalse();
    }

    @Test
    @DisplayName("of a pod is what the node says: a pull, or an id that no registry gave")
    void pods() {
        assertThat(store.ofPod("redis", Optional.of("docker-pullable://quay.io/a/redis@" + DIGEST), yes))
                .isEqualTo(new ImageOrigin("redis", true, references("quay.io/a/redis@" + DIGEST), false));
        assertThat(store.ofPod(
                        "registry.access.redhat.com/openshift3/ose:v3.9.31", Optional.of("docker://" + OSE), yes))
                .isEqualTo(new ImageOrigin("registry.access.redhat.com/openshift3/ose:v3.9.31", true, List.of(), true));
        assertThat(asked).containsExactly(OSE + " [registry.access.redhat.com/openshift3/ose:v3.9.31]");
        assertThat(store.ofPod("redis@" + OTHER, Optional.of(REDIS), no).pulledAs())
                .isEqualTo(references("redis@" + OTHER));
        assertThat(store.ofPod("redis", Optional.empty(), yes)).isEqualTo(ImageOrigin.named("redis"));
        assertThat(store.ofPod("redis", Optional.of("docker-pullable://???"), yes))
                .isEqualTo(ImageOrigin.named("redis"));
    }

    @Test
    @DisplayName("of a container is found by its name or its id, whole or cut")
    void containers() {
        assertThat(store.ofContainer("registry.corp.example:5000/library/redis:5", no)
                        .pulledAs())
                .isEqualTo(references("registry.corp.example:5000/library/redis@" + DIGEST));
        assertThat(store.ofContainer("docker.io/library/redis@" + OTHER, no).pulledAs())
                .isEqualTo(references("redis@" + OTHER));
        for (String id : List.of(REDIS, REDIS.substring(7), REDIS.substring(7, 19))) {
            boolean ambiguous = id.length() == 12;
            if (!ambiguous) {
                assertThat(store.ofContainer(id, no).pulledAs())
                        .isEqualTo(references("registry.corp.example:5000/library/redis@" + DIGEST, "redis@" + OTHER));
            }
        }
        assertThat(store.ofContainer("unknown/image:1", yes)).isEqualTo(ImageOrigin.named("unknown/image:1"));
        assertThat(store.ofContainer(OSE, yes)).isEqualTo(new ImageOrigin(OSE, true, List.of(), true));
        assertThat(asked).containsExactly(OSE + " [registry.access.redhat.com/openshift3/ose:v3.9.31]");
    }

    @Test
    @DisplayName("tells a tag from another, and latest from none")
    void tags() {
        ImageStore tagged = new ImageStore(VmAnswers.images(
                "a.example/b|latest|" + DIGEST + "|" + OSE + "\na.example/b|2|" + OTHER + "|" + REDIS));

        assertThat(tagged.ofContainer("a.example/b", no).pulledAs()).isEqualTo(references("a.example/b@" + DIGEST));
        assertThat(tagged.ofContainer("a.example/b:2", no).pulledAs()).isEqualTo(references("a.example/b@" + OTHER));
        assertThat(tagged.ofContainer("a.example/b:3", no)).isEqualTo(ImageOrigin.named("a.example/b:3"));
        assertThat(tagged.ofContainer("a.example/c:2", no)).isEqualTo(ImageOrigin.named("a.example/c:2"));
        assertThat(tagged.ofContainer("a.example/b@" + OTHER, no).pulledAs())
                .isEqualTo(references("a.example/b@" + OTHER));
    }

    @Test
    @DisplayName("knows the cluster's containers from others")
    void clusters() {
        List<Container> containers = VmAnswers.containers(
                "origin|a\nk8s_POD_router-1-x_default_uid_0|b\nk8s_router_router-1-x_default_uid_0|c\nmy-database|d\nnone\n");

        assertThat(containers).extracting(Container::isClusters).containsExactly(true, true, true, false);
        assertThat(containers.get(2).isOf("router-1-x", "router")).isTrue();
        assertThat(containers.get(2).isOf("router-1", "router")).isFalse();
        assertThat(containers.get(1).isOf("router-1-x", "router")).isFalse();
        assertThat(containers.get(3).isOf("", "")).isFalse();
    }
}
