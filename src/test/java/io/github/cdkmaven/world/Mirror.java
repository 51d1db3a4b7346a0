package io.github.cdkmaven.world;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.cdkmaven.image.ImageReference;
import io.github.cdkmaven.image.RegistryName;
import io.github.cdkmaven.image.Relocation;
import io.github.cdkmaven.minishift.MinishiftVersion;
import io.github.cdkmaven.minishift.images.Catalog;
import io.github.cdkmaven.mirror.MirrorPlan;
import io.github.cdkmaven.mirror.SampleImages;
import io.github.cdkmaven.sim.registry.TestRegistry;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Fills a registry as a company's registry team does: platform images, and whatever ImageStreams name. */
public final class Mirror {

    private static final List<String> PREFIXED = List.of(
            "",
            "-pod",
            "-deployer",
            "-docker-registry",
            "-haproxy-router",
            "-web-console",
            "-docker-builder",
            "-sti-builder");
    private static final List<String> TEMPLATED = List.of(
            "-control-plane",
            "-cli",
            "-node",
            "-hypershift",
            "-hyperkube",
            "-pod",
            "-deployer",
            "-docker-registry",
            "-haproxy-router",
            "-web-console",
            "-docker-builder");

    private final TestRegistry registry;

    public Mirror(TestRegistry registry) {
        this.registry = registry;
    }

    /** The platform images of one OpenShift, as Red Hat names them ({@code openshift3/ose}) or as upstream does ({@code openshift/origin}). */
    public Mirror platform(String prefix, String openshift) {
        boolean templated = !openshift.matches("v3\\.[0-9]\\..*");
        (templated ? TEMPLATED : PREFIXED).forEach(suffix -> registry.image(prefix + suffix + ":" + openshift));
        if (openshift.startsWith("v3.11.")) {
            registry.image("openshift/origin-service-serving-cert-signer:v3.11");
        }
        return this;
    }

    /** Every image that the catalogue names for a CDK, without the optional ones. */
    public Mirror catalogue(String openshift, MinishiftVersion product) {
        RegistryName name = RegistryName.of("registry", registry.host());
        MirrorPlan.of(Catalog.of(openshift, product), name, Relocation.byDefault(name)).images().stream()
                .filter(image -> !image.optional())
                .forEach(image ->
                        registry.image(image.target().path() + image.target().suffix()));
        return this;
    }

    /** Everything that the catalogue of the plugin names for one OpenShift of a CDK, as a registry team would mirror it. */
    public Mirror catalogue(String openshift) {
        Relocation relocation = Relocation.byDefault(RegistryName.of("registry", "mirror.test"));
        Catalog.of(openshift, Catalog.ANY_CDK).stream()
                .flatMap(image -> relocation.move(image.source()).stream())
                .forEach(target -> registry.image(target.path() + ":" + target.tagOrDigest()));
        return this;
    }

    /** Every image that the samples operator of an OpenShift 4 asks for. */
    public Mirror samples(String openshift) {
        RegistryName name = RegistryName.of("registry", registry.host());
        MirrorPlan.of(SampleImages.of(openshift), name, Relocation.byDefault(name))
                .images()
                .forEach(image ->
                        registry.image(image.target().path() + image.target().suffix()));
        return this;
    }

    /** Every image that the tags of some sets of ImageStreams name and that the default mappings move. */
    public Mirror imageStreams(Path... sets) {
        images(sets).forEach(registry::image);
        return this;
    }

    /** The distinct images that some sets name, as paths with tags. */
    public static Set<String> images(Path... sets) {
        return Stream.of(sets)
                .map(Mirror::read)
                .flatMap(Mirror::images)
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    /** Every image that the simulation's own small set names. */
    public Mirror defaultImageStreams() {
        images(defaultSet()).forEach(registry::image);
        return this;
    }

    /** The simulation's own small set. */
    static JsonNode defaultSet() {
        try (InputStream in = Mirror.class.getResourceAsStream("/io/github/cdkmaven/sim/image-streams.json")) {
            return new ObjectMapper().readTree(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static JsonNode read(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            return new ObjectMapper().readTree(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Stream<String> images(JsonNode set) {
        Relocation relocation = Relocation.byDefault(RegistryName.of("registry", "mirror.test"));
        Set<String> images = new LinkedHashSet<>();
        for (JsonNode stream : set.path("items")) {
            for (JsonNode tag : stream.path("spec").path("tags")) {
                JsonNode from = tag.path("from");
                if (from.path("kind").asText().equals("DockerImage")) {
                    relocation
                            .move(ImageReference.parse(from.path("name").asText()))
                            .ifPresent(target -> images.add(target.path() + ":" + target.tagOrDigest()));
                }
            }
        }
        return images.stream();
    }
}
