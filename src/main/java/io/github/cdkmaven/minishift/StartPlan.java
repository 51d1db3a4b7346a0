package io.github.cdkmaven.minishift;

import io.github.cdkmaven.image.ImageReference;
import io.github.cdkmaven.image.Relocation;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * The arguments and the environment of {@code minishift start} for one product.
 *
 * @param arguments what follows {@code minishift}; holds no secrets
 * @param environment what is set for it beside the build's environment; an empty value takes a variable away. May hold secrets
 * @param blocksByDefault whether the registries that it blocks are those that nobody chose; see {@link Drift}
 */
public record StartPlan(List<String> arguments, Map<String, String> environment, boolean blocksByDefault) {

    private static final String CDK_IMAGES = "registry.access.redhat.com/openshift3/ose";
    private static final String UPSTREAM_IMAGES = "docker.io/openshift/origin";

    public StartPlan {
        arguments = List.copyOf(arguments);
        environment = Map.copyOf(environment);
    }

    /** Plans the start of a product with the OpenShift that it is likely to have; see {@link #of(Product, StartSettings, Relocation, String)}. */
    static StartPlan of(Product product, StartSettings settings, Relocation relocation) {
        return of(product, settings, relocation, openshift(product, settings));
    }

    /**
     * Plans the start of a product, with the control-plane images where {@code relocation} sends them.
     *
     * @param openshift the exact OpenShift that will run
     * @throws io.github.cdkmaven.problem.ProblemException if the user's own arguments do not go with it
     */
    public static StartPlan of(Product product, StartSettings settings, Relocation relocation, String openshift) {
        Generation generation = Generation.of(product);
        UserArguments own = UserArguments.of(settings.startArguments());
        List<String> arguments = new ArrayList<>(List.of("start"));
        Map<String, String> environment = new TreeMap<>();
        Set<String> hosts = hosts(settings, relocation);
        if (settings.registryInsecure()) {
            hosts.forEach(host -> add(arguments, "--insecure-registry", host));
        }
        hosts.forEach(host -> add(arguments, "--docker-opt", "add-registry=" + host));
        settings.blockedRegistries().stream()
                .filter(blocked -> !hosts.contains(blocked))
                .forEach(blocked -> add(arguments, "--docker-opt", "block-registry=" + blocked));
        if (generation.image() == ImageArgument.IMPOSSIBLE) {
            own.requireNoClusterUpFlags(product);
        }
        String image = imageName(product, settings, relocation, openshift);
        addImages(arguments, environment, generation, image, own.clusterUp());
        if (settings.skipRegistration()) {
            arguments.add("--skip-registration");
        }
        for (StartOption option : StartOption.values()) {
            settings.options().getOrDefault(option, List.of()).forEach(value -> add(arguments, option.flag(), value));
        }
        arguments.addAll(own.plain());
        environment.putAll(withoutOutside(generation));
        environment.putAll(settings.proxies().toEnvironment(System.getenv(), direct(settings, hosts)));
        settings.login().ifPresent(login -> environment.putAll(login.toEnvironment()));
        return new StartPlan(arguments, environment, settings.blocksByDefault());
    }

    /** The registries that images come from: the company's, and where the mappings send the rest. */
    private static Set<String> hosts(StartSettings settings, Relocation relocation) {
        Set<String> hosts = new LinkedHashSet<>();
        hosts.add(settings.registry().host());
        hosts.addAll(relocation.targetHosts());
        return hosts;
    }

    /** What no proxy must stand in front of, beside what is inside OpenShift; minishift adds the VM's address itself. */
    private static List<String> direct(StartSettings settings, Set<String> hosts) {
        List<String> direct = new ArrayList<>(hosts);
        for (StartOption option :
                List.of(StartOption.PUBLIC_HOSTNAME, StartOption.REMOTE_IP_ADDRESS, StartOption.ROUTING_SUFFIX)) {
            String dot = option == StartOption.ROUTING_SUFFIX ? "." : "";
            settings.options().getOrDefault(option, List.of()).forEach(name -> direct.add(dot + name));
        }
        return direct;
    }

    private static void addImages(
            List<String> arguments,
            Map<String, String> environment,
            Generation generation,
            String image,
            List<String> clusterUp) {
        List<String> extra = new ArrayList<>();
        switch (generation.image()) {
            case EXTRA_FLAGS -> extra.add("--image=" + image);
            case QUOTED_EXTRA_FLAGS -> extra.add("--image=" + quoted(image));
            case HIDDEN_FLAG -> {
                // The check reads the help text of the cached oc, and refuses the flag when it cannot make sense of
                // that.
                environment.put("MINISHIFT_SKIP_CHECK_CLUSTERUP_FLAGS", "true");
                add(arguments, "--image", quoted(image));
            }
            case IMPOSSIBLE -> {
                // No extra flag gets through (minishift#2318): the images come under their public names, by the cache.
            }
        }
        extra.addAll(clusterUp);
        if (!extra.isEmpty()) {
            environment.put("MINISHIFT_ENABLE_EXPERIMENTAL", "true");
            add(arguments, "--extra-clusterup-flags", String.join(" ", extra));
        }
        if (generation.needsImageCache()) {
            environment.put("MINISHIFT_IMAGE_CACHING", "true");
        }
    }

    /** The VM's shell takes away what is not between single quotes; no quote can be in a name of an image. */
    private static String quoted(String image) {
        return image.indexOf('$') < 0 ? image : "'" + image + "'";
    }

    /** The name of the control-plane images: a prefix up to OpenShift 3.9, a template with the exact version from 3.10 on. */
    private static String imageName(Product product, StartSettings settings, Relocation relocation, String openshift) {
        ImageReference source = ImageReference.parse(product.isCdk() ? CDK_IMAGES : UPSTREAM_IMAGES);
        String prefix = relocation
                .move(source)
                .map(ImageReference::toString)
                .orElseGet(() -> settings.registry() + "/" + source.path());
        return OpenShiftRelease.takesTemplate(openshift) ? prefix + "-${component}:" + openshift : prefix;
    }

    /** The OpenShift that is likely to run, with its {@code v}, where nothing is known of the CDK's home. */
    public static String openshift(Product product, StartSettings settings) {
        return openshift(product, settings, List.of());
    }

    /**
     * The OpenShift that will run, with its {@code v}.
     *
     * @param cached the versions whose {@code oc} is in the cache; they tell what an uncertain CDK brings
     */
    public static String openshift(Product product, StartSettings settings, List<String> cached) {
        String version = settings.first(StartOption.OPENSHIFT_VERSION, OpenShiftRelease.defaultOf(product, cached));
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

    /** For the log: never the environment, and of variables among the arguments the names alone. */
    @Override
    public String toString() {
        return arguments.stream()
                .reduce((line, word) -> line + " "
                        + (line.matches("(?s).*(--(docker|addon|openshift)-env|-a|-e)") ? named(word) : word))
                .map(line -> line.replaceAll("(--(?:docker|addon|openshift)-env=[^=\\s]*=)\\S*", "$1…"))
                .orElse("");
    }

    private static String named(String variable) {
        return variable.replaceFirst("(?s)=.*", "=…");
    }
}
