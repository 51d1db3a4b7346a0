package io.github.cdkmaven.sim.minishift;

import io.github.cdkmaven.sim.Lie;
import java.nio.file.Path;
import java.util.List;

/** The commands of one answer: {@code version}, {@code ip}, {@code console}, {@code oc-env}, {@code docker-env}, {@code logs}. */
final class SmallCommands {

    private static final List<Flag> SHELL = List.of(
            Flag.text("shell", "The shell to set up."), Flag.toggle("no-proxy", "Add the VM to the no-proxy list."));

    private SmallCommands() {}

    static void version(Session session) {
        Usage.parse(session.call(), "version", List.of());
        session.call().println("minishift v" + session.version().minishift());
        if (session.version().isCdk()) {
            session.call().println("CDK v" + session.version().cdk());
        }
    }

    static void ip(Session session) {
        Usage.parse(session.call(), "ip", List.of());
        if (session.world().lies(Lie.IP_PRINTS_SENTENCE)) {
            throw ExitException.with(
                    0, "Running this command requires a running '" + session.profile() + "' VM, but no VM is running.");
        }
        if (!session.home().hasMachine() && !session.generation().ipWithoutVmSucceeds()) {
            throw ExitException.failure("Error getting IP: " + session.unknownMachine());
        }
        session.requireMachine();
        session.requireRunningMachine();
        session.call().println(session.vm().ip());
    }

    static void console(Session session) {
        ParsedFlags flags = Usage.parse(
                session.call(),
                "console",
                List.of(
                        Flag.toggle("url", "Print the URL."),
                        Flag.toggle("machine-readable", "Print host, port and URL."),
                        Flag.toggle("request-oauth-token", "Open the token page.")));
        if (!session.home().hasMachine()) {
            throw ExitException.failure("Error getting Minishift status: " + session.unknownMachine());
        }
        session.requireRunningMachine();
        String url =
                "https://" + session.vm().ip() + ":8443" + session.generation().consolePath();
        if (flags.isOn("machine-readable")) {
            session.call().println("HOST=" + session.vm().ip() + "\nPORT=8443\nCONSOLE_URL=" + url);
        } else if (flags.isOn("url")) {
            session.call().println(url);
        } else {
            session.call().println("Opening the OpenShift Web console in the default browser...");
        }
    }

    static void ocEnv(Session session) {
        ParsedFlags flags = Usage.parse(session.call(), "oc-env", SHELL);
        String path = JsonFile.read(session.home().state()).path("OcPath").asText("");
        if (path.isEmpty()) {
            throw ExitException.failure("Cannot find the OpenShift client binary.\n"
                    + "Make sure that OpenShift was provisioned successfully.");
        }
        session.requireMachine();
        if (session.generation().ocEnvNeedsRunningVm()) {
            session.requireRunningMachine();
        }
        String folder = String.valueOf(Path.of(path).getParent());
        session.call()
                .print(
                        switch (flags.text("shell").orElse("bash")) {
                            case "powershell" ->
                                "$Env:PATH = \"" + folder
                                        + ";$Env:PATH\"\n# Run this command to configure your shell:\n"
                                        + "# & minishift oc-env | Invoke-Expression\n";
                            case "cmd" ->
                                "SET PATH=" + folder + ";%PATH%\nREM Run this command to configure your shell:\n"
                                        + "REM \t@FOR /f \"tokens=*\" %i IN ('minishift oc-env') DO @call %i\n";
                            case "fish" ->
                                "set -gx PATH \"" + folder + "\" $PATH;\n# Run this command to configure your shell:\n"
                                        + "# eval (minishift oc-env)\n";
                            default ->
                                "export PATH=\"" + folder + ":$PATH\"\n# Run this command to configure your shell:\n"
                                        + "# eval $(minishift oc-env)\n";
                        });
    }

    static void dockerEnv(Session session) {
        Usage.parse(session.call(), "docker-env", SHELL);
        session.requireMachine();
        session.requireRunningMachine();
        session.call()
                .print("export DOCKER_TLS_VERIFY=\"1\"\nexport DOCKER_HOST=\"tcp://"
                        + session.vm().ip()
                        + ":2376\"\nexport DOCKER_CERT_PATH=\"" + session.home().certificates()
                        + "\"\n# Run this command to configure your shell:\n# eval $(minishift docker-env)\n");
    }

    static void logs(Session session) {
        Usage.parse(
                session.call(),
                "logs",
                List.of(Flag.toggle("follow", "Follow.").shortly("f"), Flag.number("tail", "Lines.", "-1")));
        session.requireMachine();
        session.requireRunningMachine();
        if (!session.openshiftRuns()) {
            throw ExitException.failure("Error getting logs: ssh command error:\ncommand : docker logs origin\n"
                    + "err     : exit status 1\noutput  : Error: No such container: origin\n");
        }
        session.call()
                .println("Starting master on 0.0.0.0:8443 ("
                        + session.openshift().text() + ")");
    }
}
