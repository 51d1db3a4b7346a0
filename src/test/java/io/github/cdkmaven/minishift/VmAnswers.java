package io.github.cdkmaven.minishift;

import io.github.cdkmaven.engine.Contents;
import io.github.cdkmaven.engine.RegistryPolicy;
import io.github.cdkmaven.minishift.VmShell.Output;
import java.util.List;
import java.util.stream.Stream;

/** Reads what a VM would answer, for tests of what becomes of that. */
public final class VmAnswers {

    private VmAnswers() {}

    /**
     * What is in a VM whose commands print some texts.
     *
     * @param authority the fingerprint of the authority that minishift is known for
     */
    public static Contents contents(RegistryPolicy wanted, String authority, String... texts) {
        List<Output> outputs = Stream.of(texts).map(text -> new Output(0, text)).toList();
        return VmContents.of(outputs, wanted, new ProxyAuthority(authority), "recreate it");
    }

    /** Which registries a docker was told of by its unit or by arguments. */
    public static RegistryPolicy policy(String text) {
        return DockerRegistries.parse(text);
    }

    /** The rows of {@code docker images}. */
    public static List<Contents.StoredImage> images(String text) {
        return VmContents.images(text);
    }

    /** The rows of {@code docker ps}. */
    public static List<Contents.Container> containers(String text) {
        return VmContents.containers(text);
    }
}
