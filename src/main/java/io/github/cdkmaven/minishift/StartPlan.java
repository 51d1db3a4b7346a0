package io.github.cdkmaven.minishift;

import io.github.cdkmaven.engine.RegistryPolicy;
import io.github.cdkmaven.image.ImageReference;
import io.github.cdkmaven.minishift.Generation.ImageArgument;
import io.github.cdkmaven.registry.Registries;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The arguments and the environment of {@code minishift start} for one product.
 *
 * @param arguments what follows {@code minishift}; holds no secrets
 * @param environment what is set for it beside the build's environment; an empty value takes a variable away. May hold secrets
 * @param blocksByDefault whether the registries that it blocks are those that nobody chose; see {@link VmDifferences}
 */
public record StartPlan(List<String> arguments, Map<String, String> environment, boolean blocksByDefault) {

    private static final String CDK_IMAGES = "registry.access.redhat.com/openshift3/ose";
    private static final String UPSTREAM_IMAGES = "docker.io/openshift/origin";

    public StartPlan {
        arguments = List.copyOf(arguments);
        environment = Map.copyOf(environment);
    }

    /**
     * Plans the start of a product, with the control-plane images where the mappings send them.
     *
     * @param openshift the exact OpenShift that will run
     * @throws io.github.cdkmaven.problem.ProblemException if the user's own arguments do not go with it
     */
    public static StartPlan of(MinishiftVersion product, StartSettings settings, String openshift) {
        Generation generation = Generation.of(product);
        UserArguments own = UserArguments.of(settings.startArguments());
        List<String> arguments = new ArrayList<>(List.of("start"));
        Map<String, String> environment = new TreeMap<>();
        RegistryPolicy policy = settings.ownPolicy();
        policy.insecure().forEach(host -> add(arguments, "--insecure-registry", host));
        policy.searched().forEach(host -> add(arguments, "--docker-opt", "add-registry=" + host));
        policy.blocked().forEach(host -> add(arguments, "--docker-opt", "block-registry=" + host));
        if (generation.image() == ImageArgument.IMPOSSIBLE) {
            own.requireNoClusterUpFlags(product);
        }
        List<String> clusterUp = new ArrayList<>(policyOfPods(generation, settings, openshift));
        clusterUp.addAll(own.clusterUp());
        addImages(arguments, environment, generation, imageName(product, settings, openshift), clusterUp);
        if (generation.needsImageCache() || settings.hasClosedRegistry()) {
            environment.put("MINISHIFT_IMAGE_CACHING", "true");
        }
        if (settings.skipRegistration()) {
            arguments.add("--skip-registration");
        }
        for (StartOption option : StartOption.values()) {
            settings.options().getOrDefault(option, List.of()).forEach(value -> add(arguments, option.flag(), value));
        }
        arguments.addAll(own.plain());
        environment.putAll(withoutOutside(generation));
        environment.putAll(settings.proxies().toEnvironment(System.getenv(), direct(settings)));
        settings.login().ifPresent(login -> {
            // By environment, since flags can be seen by everybody; always both, or minishift asks for the password
            // without end.
            environment.put("MINISHIFT_USERNAME", login.user());
            environment.put("MINISHIFT_PASSWORD", login.password());
        });
        return new StartPlan(arguments, environment, settings.blocksByDefault());
    }

    /** What no proxy must stand in front of, beside what is inside OpenShift; minishift adds the VM's address itself. */
    private static List<String> direct(StartSettings settings) {
        List<String> direct = new ArrayList<>(settings.registries().hosts());
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
    }

    /**
     * The static pods of 3.10 and 3.11 pull their images though the cache has brought them in, unless the tag is given (minishift#3048, #2384,
     * #2530).
     */
    private static List<String> policyOfPods(Generation generation, StartSettings settings, String openshift) {
        boolean pulls = OpenShiftRelease.takesTemplate(openshift) && settings.hasClosedRegistry();
        return pulls && generation.image() != ImageArgument.IMPOSSIBLE ? List.of("--tag=" + openshift) : List.of();
    }

    /** The VM's shell takes away what is not between single quotes; no quote can be in a name of an image. */
    private static String quoted(String image) {
        return image.indexOf('$') < 0 ? image : "'" + image + "'";
    }

    /** The name of the control-plane images: a prefix up to OpenShift 3.9, a template with the exact version from 3.10 on. */
    private static String imageName(MinishiftVersion product, StartSettings settings, String openshift) {
        ImageReference source = ImageReference.parse(product.isCdk() ? CDK_IMAGES : UPSTREAM_IMAGES);
        Registries registries = settings.registries();
        String prefix = registries
                .relocation()
                .move(source)
                .map(ImageReference::toString)
                .orElseGet(() -> registries.own().name() + "/" + source.path());
        return OpenShiftRelease.takesTemplate(openshift) ? prefix + "-${component}:" + openshift : prefix;
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
