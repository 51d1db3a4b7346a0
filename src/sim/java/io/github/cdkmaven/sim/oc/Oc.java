package io.github.cdkmaven.sim.oc;

import io.github.cdkmaven.sim.minishift.Call;
import io.github.cdkmaven.sim.minishift.ExitException;
import io.github.cdkmaven.sim.minishift.Flag;
import io.github.cdkmaven.sim.minishift.KubeconfigFile;
import io.github.cdkmaven.sim.minishift.ParsedFlags;
import java.nio.file.Path;
import java.util.List;

/** The simulated {@code oc}: reads the command line and ends with its status, which is often 0 when it should not be. */
public final class Oc {

    private static final List<Flag> FLAGS = List.of(
            Flag.toggle("all", ""),
            Flag.toggle("all-namespaces", "").shortly("A"),
            Flag.toggle("confirm", ""),
            Flag.toggle("flatten", ""),
            Flag.toggle("insecure", ""),
            Flag.toggle("insecure-skip-tls-verify", ""),
            Flag.toggle("minify", ""),
            Flag.toggle("show-context", ""),
            Flag.toggle("show-server", ""),
            Flag.toggle("show-token", "").shortly("t"),
            Flag.text("as", ""),
            Flag.text("certificate-authority", ""),
            Flag.text("context", ""),
            Flag.text("filename", "").shortly("f"),
            Flag.text("from", ""),
            Flag.text("kubeconfig", ""),
            Flag.text("loglevel", ""),
            Flag.text("namespace", "").shortly("n"),
            Flag.text("output", "").shortly("o"),
            Flag.text("password", "").shortly("p"),
            Flag.text("request-timeout", ""),
            Flag.text("server", ""),
            Flag.text("token", ""),
            Flag.text("username", "").shortly("u"));

    private Oc() {}

    /** @return the exit status */
    public static int run(Call call, String version) {
        OcRelease release = new OcRelease(version);
        try {
            ParsedFlags flags = parse(call, release);
            dispatch(new OcSession(call, flags, release));
            return 0;
        } catch (ExitException e) {
            if (!e.text().isEmpty()) {
                call.complain(e.text());
            }
            return e.status();
        }
    }

    private static ParsedFlags parse(Call call, OcRelease release) {
        try {
            return ParsedFlags.of(call.arguments(), release.flags(FLAGS, call.arguments()));
        } catch (ParsedFlags.InvalidFlag e) {
            throw ExitException.failure(release.unknownFlag(String.valueOf(e.getMessage()), call.arguments()));
        }
    }

    private static void dispatch(OcSession session) {
        List<String> words = session.flags().words();
        if (session.release().isFour() && OcFour.run(session, words)) {
            return;
        }
        switch (words.isEmpty() ? "" : words.get(0)) {
            case "version" -> OcIdentity.version(session);
            case "login" -> OcLogin.run(session);
            case "whoami" -> OcIdentity.whoami(session);
            case "config" -> OcConfig.run(session);
            case "get" -> OcResources.get(session);
            case "replace" -> OcResources.replace(session);
            case "import-image" -> OcImport.run(session);
            case "auth" -> OcIdentity.canI(session);
            default ->
                throw ExitException.failure("Error: unknown command \"" + (words.isEmpty() ? "" : words.get(0))
                        + "\" for \"oc\"\nRun 'oc --help' for usage.");
        }
    }

    /** The kubeconfig that {@code oc} follows: the option, else KUBECONFIG, else the one below HOME. */
    public static KubeconfigFile kubeconfig(Call call) {
        KubeconfigFile merged = KubeconfigFile.parse("");
        for (Path file : kubeconfigFiles(call)) {
            KubeconfigFile one = KubeconfigFile.read(file);
            String current = merged.currentContext().isEmpty() ? one.currentContext() : merged.currentContext();
            merged.merge(one);
            merged.use(current);
        }
        return merged;
    }

    /** The file that {@code oc} writes to: with several, the last. */
    public static Path kubeconfigFile(Call call) {
        List<Path> files = kubeconfigFiles(call);
        return files.get(files.size() - 1);
    }

    private static List<Path> kubeconfigFiles(Call call) {
        String named = option(call);
        if (!named.isEmpty()) {
            return List.of(Path.of(named));
        }
        String variable = call.env("KUBECONFIG");
        if (!variable.isEmpty()) {
            return List.of(variable.split(":")).stream().map(Path::of).toList();
        }
        String home = call.env("HOME");
        // Only a HOME inside the world is followed, so that nobody's real kubeconfig is ever touched.
        boolean moved = !home.isEmpty() && Path.of(home).startsWith(call.world().root());
        Path folder = moved ? Path.of(home) : call.world().accountHome();
        return List.of(folder.resolve(".kube/config"));
    }

    private static String option(Call call) {
        List<String> arguments = call.arguments();
        for (int i = 0; i < arguments.size(); i++) {
            for (String name : List.of("--config", "--kubeconfig")) {
                if (arguments.get(i).startsWith(name + "=")) {
                    return arguments.get(i).substring(name.length() + 1);
                }
                if (arguments.get(i).equals(name) && i + 1 < arguments.size()) {
                    return arguments.get(i + 1);
                }
            }
        }
        return "";
    }
}
