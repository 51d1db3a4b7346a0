package io.github.cdkmaven.minishift;

import io.github.cdkmaven.minishift.VmShell.Output;
import io.github.cdkmaven.openshift.OpenShiftApi;
import io.github.cdkmaven.openshift.Readiness;
import io.github.cdkmaven.problem.Problem;
import io.github.cdkmaven.problem.ProblemException;
import io.github.cdkmaven.process.CommandResult;
import io.github.cdkmaven.process.Deadline;
import io.github.cdkmaven.process.Retry;
import io.github.cdkmaven.registry.Sha256;
import io.github.cdkmaven.tls.Pem;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells docker in the VM and OpenShift's importer of the authorities that vouch for the registries.
 *
 * <p>docker reads {@code /etc/docker/certs.d/HOST:PORT/*.crt} at each pull, and the VM forgets that folder at each boot. The importer reads,
 * from 3.11 on, the file that {@code imagePolicyConfig.additionalTrustedCA} names when its API server starts; of the VM that server sees the
 * folder of its own configuration, which lasts.
 */
final class VmAuthorities {

    private static final Logger LOG = LoggerFactory.getLogger(VmAuthorities.class);
    private static final Duration LIMIT = Duration.ofMinutes(3);

    /** Windows takes no longer command line than 32,767 characters. */
    private static final int LONGEST_COMMAND = 24_000;

    private static final int ATTEMPTS = 6;

    private static final String STAGED = "/run/cdk-maven-plugin-ca";
    private static final String CONFIGURATION = "/var/lib/minishift/base/openshift-apiserver/";

    /** What the API server's container calls that folder. */
    private static final String IN_CONTAINER = "/etc/origin/master/";

    private static final String OURS = "cdk-maven-plugin-ca-";
    private static final Pattern CONFIGURED =
            Pattern.compile("(?m)^\\s*\"?additionalTrustedCA\"?:[ \\t]*\"?([^\\s\"]+)\"?");

    private final StartSettings settings;
    private final Minishift minishift;

    VmAuthorities(StartSettings settings, Minishift minishift) {
        this.settings = settings;
        this.minishift = minishift;
    }

    /**
     * Tells docker, and checks that the files are there.
     *
     * @throws ProblemException if the VM does not keep them
     */
    void ofDocker(Deadline deadline) {
        List<String> hosts = hosts();
        if (hosts.isEmpty()) {
            return;
        }
        place(
                pem(),
                hosts.stream()
                        .map(host -> "/etc/docker/certs.d/" + host + "/ca.crt")
                        .toList(),
                deadline);
        LOG.info("docker in the VM now trusts the authorities of <registryCa> for {}", String.join(", ", hosts));
    }

    /**
     * Tells the importer; its API server restarts if it did not know them. Authorities that somebody else named are kept beside ours.
     *
     * @return a sentence on what was done; empty if nothing had to be
     */
    Optional<String> ofImporter(OpenShiftApi api, Deadline deadline) {
        if (hosts().isEmpty()) {
            return Optional.empty();
        }
        String pem = pem();
        // The name tells the content: the server reads a file again only when its configuration changes.
        String name = OURS + Sha256.of(pem.getBytes(StandardCharsets.UTF_8)).substring("sha256:".length(), 23) + ".crt";
        Optional<String> configured = configured(deadline);
        if (configured.filter((IN_CONTAINER + name)::equals).isPresent()) {
            return Optional.empty();
        }
        place(pem, List.of(CONFIGURATION + name), deadline);
        configured
                .map(file -> file.replaceFirst("^" + IN_CONTAINER, ""))
                .filter(file -> !file.startsWith(OURS))
                .ifPresent(file -> append(file, name, deadline));
        configure(IN_CONTAINER + name, deadline);
        Readiness.await(api, deadline);
        return Optional.of("OpenShift's importer now trusts the authorities of <registryCa>.");
    }

    private List<String> hosts() {
        return settings.registries().hosts().stream()
                .filter(settings::hasOwnAuthority)
                .toList();
    }

    /** The certificates alone, whatever else the file holds. */
    private String pem() {
        Path file = settings.registries().own().ca().orElseThrow();
        try {
            StringBuilder pem = new StringBuilder();
            Base64.Encoder lines = Base64.getMimeEncoder(64, new byte[] {'\n'});
            for (Certificate authority : Pem.certificates(Files.readString(file, StandardCharsets.ISO_8859_1))) {
                pem.append("-----BEGIN CERTIFICATE-----\n")
                        .append(lines.encodeToString(authority.getEncoded()))
                        .append("\n-----END CERTIFICATE-----\n");
            }
            return pem.toString();
        } catch (IOException | CertificateException e) {
            throw Problem.of(
                            "Parameter 'registryCa' is '" + file + "', which cannot be read as certificates.",
                            "<registryCa> (-Dcdk.registryCa=…) with a PEM file")
                    .with(String.valueOf(e.getMessage()))
                    .toException(e);
        }
    }

    /** Writes a text into files of the VM, as root, and fails unless each of them holds it then. */
    private void place(String text, List<String> files, Deadline deadline) {
        List<String> commands = new ArrayList<>(staging(text));
        int staged = commands.size();
        for (String file : files) {
            String folder = file.substring(0, file.lastIndexOf('/'));
            commands.add("sudo mkdir -p '" + folder + "' && base64 -d " + STAGED + " | sudo tee '" + file
                    + "' >/dev/null && sudo sha256sum '" + file + "' 2>&1");
        }
        commands.add("sudo rm -f " + STAGED);
        List<Output> outputs = run(commands, deadline);
        String expected = Sha256.of(text.getBytes(StandardCharsets.UTF_8)).substring("sha256:".length());
        for (int i = 0; i < files.size(); i++) {
            Output output = outputs.get(staged + i);
            if (!output.succeeded() || !output.text().strip().startsWith(expected)) {
                throw Problem.of(
                                "The authorities of <registryCa> could not be copied into the VM: " + files.get(i)
                                        + ".",
                                "check whether the VM's disk is full ('df -h' in the VM), and start again")
                        .with(output.shown())
                        .toException();
            }
        }
    }

    /** Commands that bring a text into the VM piece by piece: standard input ends at minishift's own client on Windows. */
    private static List<String> staging(String text) {
        String encoded = Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
        List<String> commands = new ArrayList<>();
        for (int begin = 0; begin < encoded.length(); begin += LONGEST_COMMAND) {
            String piece = encoded.substring(begin, Math.min(encoded.length(), begin + LONGEST_COMMAND));
            commands.add("echo " + piece + " | sudo tee " + (begin == 0 ? "" : "-a ") + STAGED + " >/dev/null");
        }
        return commands;
    }

    /** In as few calls as the length of a command line allows. */
    private List<Output> run(List<String> commands, Deadline deadline) {
        VmShell shell = new VmShell(minishift);
        List<Output> outputs = new ArrayList<>();
        List<String> batch = new ArrayList<>();
        int length = 0;
        for (String command : commands) {
            if (!batch.isEmpty() && length + command.length() > LONGEST_COMMAND) {
                outputs.addAll(shell.run(deadline.within(LIMIT), batch));
                batch.clear();
                length = 0;
            }
            batch.add(command);
            length += command.length();
        }
        outputs.addAll(shell.run(deadline.within(LIMIT), batch));
        return outputs;
    }

    private void append(String file, String name, Deadline deadline) {
        Output output = new VmShell(minishift)
                .run(
                        deadline.within(LIMIT),
                        List.of("sudo cat '" + CONFIGURATION + file + "' | sudo tee -a '" + CONFIGURATION + name
                                + "' >/dev/null"))
                .get(0);
        if (!output.succeeded()) {
            LOG.warn("OpenShift's importer also trusted {}, which cannot be read in {}", file, CONFIGURATION);
        }
    }

    /**
     * The file that the importer's configuration names. For a moment after the API server was restarted its container cannot be asked (seen on
     * 1.34.3).
     */
    private Optional<String> configured(Deadline deadline) {
        CommandResult result = view(deadline);
        for (int attempt = 0; !result.succeeded() && attempt < ATTEMPTS && !deadline.isOver(); attempt++) {
            pause(deadline.within(Retry.backoff(attempt)));
            result = view(deadline);
        }
        Matcher file = CONFIGURED.matcher(result.out());
        return result.succeeded() && file.find()
                ? Optional.of(file.group(1)).filter(value -> !value.equals("null"))
                : Optional.empty();
    }

    private CommandResult view(Deadline deadline) {
        return minishift.command(deadline.within(LIMIT), "openshift", "config", "view", "--target", "master");
    }

    private static void pause(Duration time) {
        try {
            Retry.Pause.real().sleep(time);
        } catch (InterruptedIOException e) {
            throw Problem.of("The build was interrupted.", "run it again").toException(e);
        }
    }

    private void configure(String file, Deadline deadline) {
        LOG.info("Making OpenShift's importer trust the authorities of <registryCa>; this restarts its API server");
        CommandResult result = minishift.command(
                deadline.within(LIMIT),
                "openshift",
                "config",
                "set",
                "--target",
                "master",
                "--patch",
                "{\"imagePolicyConfig\":{\"additionalTrustedCA\":\"" + file + "\"}}");
        if (!result.succeeded()) {
            throw Problem.of(
                            "OpenShift's importer could not be made to trust the authorities of <registryCa>.",
                            "fix what minishift's last lines say, and start again")
                    .with(result.lastLines())
                    .toException();
        }
    }
}
