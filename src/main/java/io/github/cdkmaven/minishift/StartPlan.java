package io.github.cdkmaven.minishift;

import io.github.cdkmaven.image.ImageReference;
import io.github.cdkmaven.image.Relocation;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The arguments and the environment of {@code minishift start} for one product.
 *
 * @param arguments what follows {@code minishift}
 * @param environment what is set for it beside the build's environment
 */
public record StartPlan(List<String> arguments, Map<String, String> environment) {

    private static final String CDK_IMAGES = "registry.access.redhat.com/openshift3/ose";
    private static final String UPSTREAM_IMAGES = "docker.io/openshift/origin";

    public StartPlan {
        arguments = List.copyOf(arguments);
        environment = Map.copyOf(environment);
    }

    /** Plans the start of a product, with the control-plane images where {@code relocation} sends them. */
    public static StartPlan of(Product product, StartSettings settings, Relocation relocation) {
        Generation generation = Generation.of(product);
        List<String> arguments = new ArrayList<>(List.of("start"));
        Map<String, String> environment = new TreeMap<>();
        if (settings.registryInsecure()) {
            add(arguments, "--insecure-registry", settings.registry().host());
        }
        add(arguments, "--docker-opt", "add-registry=" + settings.registry().host());
        settings.blockedRegistries().stream()
                .filter(blocked -> !blocked.equals(settings.registry().host()))
                .forEach(blocked -> add(arguments, "--docker-opt", "block-registry=" + blocked));
        addImages(arguments, environment, generation, imageName(product, settings, relocation));
        if (settings.skipRegistration()) {
            arguments.add("--skip-registration");
        }
        for (StartOption option : StartOption.values()) {
            settings.options().getOrDefault(option, List.of()).forEach(value -> add(arguments, option.flag(), value));
        }
        arguments.addAll(settings.startArguments());
        environment.putAll(withoutOutside(generation));
        return new StartPlan(arguments, environment);
    }

    private static void addImages(
            List<String> arguments, Map<String, String> environment, Generation generation, String image) {
        switch (generation.image()) {
            case EXTRA_FLAGS -> {
                environment.put("MINISHIFT_ENABLE_EXPERIMENTAL", "true");
                add(arguments, "--extra-clusterup-flags", "--image=" + image);
            }
            case QUOTED_EXTRA_FLAGS -> {
                environment.put("MINISHIFT_ENABLE_EXPERIMENTAL", "true");
                add(arguments, "--extra-clusterup-flags", "--image=" + quoted(image));
            }
            case HIDDEN_FLAG -> {
                // The check reads the help text of the cached oc, and refuses the flag when it cannot make sense of
                // that.
                environment.put("MINISHIFT_SKIP_CHECK_CLUSTERUP_FLAGS", "true");
                add(arguments, "--image", quoted(image));
            }
            case IMPOSSIBLE -> {
                // The switch alone is harmless, but a user's own extra flags would end the start (minishift#2318).
            }
        }
    }

    /** The VM's shell takes away what is not between single quotes; no quote can be in a name of an image. */
    private static String quoted(String image) {
        return image.indexOf('$') < 0 ? image : "'" + image + "'";
    }

    /** The name of the control-plane images: a prefix up to OpenShift 3.9, a template with the exact version from 3.10 on. */
    static String imageName(Product product, StartSettings settings, Relocation relocation) {
        String openshift = openshift(product, settings);
        ImageReference source = ImageReference.parse(product.isCdk() ? CDK_IMAGES : UPSTREAM_IMAGES);
        String prefix = relocation
                .move(source)
                .map(ImageReference::toString)
                .orElseGet(() -> settings.registry() + "/" + source.path());
        return OpenShiftRelease.takesTemplate(openshift) ? prefix + "-${component}:" + openshift : prefix;
    }

    /** The OpenShift that will run, with its {@code v}. */
    public static String openshift(Product product, StartSettings settings) {
        String version = settings.first(StartOption.OPENSHIFT_VERSION, OpenShiftRelease.defaultOf(product));
        return version.startsWith("v") ? version : "v" + version;
    }

    /** What keeps minishift from asking outside, by environment only: nothing of the user's configuration is changed. */
    private static Map<String, String> withoutOutside(Generation generation) {
        Map<String, String> environment = new TreeMap<>();
        environment.put("MINISHIFT_SKIP_CHECK_OPENSHIFT_RELEASE", "true");
        environment.put("MINISHIFT_SKIP_CHECK_NETWORK_PING", "true");
        environment.put("MINISHIFT_SKIP_CHECK_NETWORK_HTTP", "true");
        environment.put("MINISHIFT_SAVE_START_FLAGS", "false");
        if (generation.skipsStartupChecks()) {
            environment.put("MINISHIFT_SKIP_STARTUP_CHECKS", "true");
        }
        return environment;
    }

    private static void add(List<String> arguments, String flag, String value) {
        arguments.add(flag);
        arguments.add(value);
    }
}
