package io.github.cdkmaven.mojo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import io.github.cdkmaven.engine.Difference;
import io.github.cdkmaven.engine.MachineEngine;
import io.github.cdkmaven.lifecycle.CdkStatus;
import io.github.cdkmaven.lifecycle.ShutdownGuard;
import io.github.cdkmaven.problem.ProblemException;
import io.github.cdkmaven.process.Deadline;
import io.github.cdkmaven.report.ReportBuilder;
import java.io.File;
import java.io.IOException;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.maven.lifecycle.LifecycleExecutor;
import org.apache.maven.settings.Proxy;
import org.apache.maven.settings.Server;
import org.apache.maven.settings.Settings;
import org.apache.maven.settings.crypto.SettingsDecrypter;
import org.apache.maven.settings.crypto.SettingsDecryptionResult;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayName("Each parameter that a goal offers")
class OfferedParametersTest {

    private static final Pattern MOJO = Pattern.compile("<mojo>.*?</mojo>", Pattern.DOTALL);
    private static final Pattern PARAMETER = Pattern.compile("<parameter>.*?</parameter>", Pattern.DOTALL);
    private static final Pattern DEFAULT =
            Pattern.compile("<(\\w+) implementation=\"[^\"]*\" default-value=\"([^\"$]*)\"");

    private static final Map<String, Function<SettingsDecrypter, AbstractCdkMojo>> GOALS = Map.ofEntries(
            Map.entry("preflight", PreflightMojo::new),
            Map.entry("start", decrypter -> new StartMojo(decrypter, mock(LifecycleExecutor.class))),
            Map.entry("imagestreams", ImageStreamsMojo::new),
            Map.entry("verify", VerifyMojo::new),
            Map.entry("status", StatusMojo::new),
            Map.entry("env", EnvMojo::new),
            Map.entry("console", ConsoleMojo::new),
            Map.entry("images", ImagesMojo::new),
            Map.entry("stop", StopMojo::new),
            Map.entry("delete", DeleteMojo::new));

    /** Another value for each parameter that is no switch; those of preflight that it only checks get one that is wrong. */
    private static final Map<String, String> OTHER = Map.ofEntries(
            Map.entry("engine", "crc"),
            Map.entry("profile", "other"),
            Map.entry("registry", "other.corp.example:5000"),
            Map.entry("registryServerId", "corp"),
            Map.entry("registryTimeout", "31s"),
            Map.entry("mappings", "quay.io=lab.corp.example:5000"),
            Map.entry("namespaces", "other"),
            Map.entry("includes", "jenkins"),
            Map.entry("excludes", "ruby"),
            Map.entry("importParallelism", "3"),
            Map.entry("importTimeout", "11m"),
            Map.entry("failOn", "none"),
            Map.entry("ignoredFailures", "fis-*"),
            Map.entry("context", "other"),
            Map.entry("vmDriver", "virtualbox"),
            Map.entry("cpus", "3"),
            Map.entry("memory", "5GB"),
            Map.entry("diskSize", "30GB"),
            Map.entry("isoUrl", "b2d"),
            Map.entry("openshiftVersion", "v3.11.104"),
            Map.entry("timezone", "Europe/Berlin"),
            Map.entry("routingSuffix", "apps.corp.example"),
            Map.entry("publicHostname", "cdk.corp.example"),
            Map.entry("remoteIpAddress", "192.0.2.10"),
            Map.entry("remoteSshUser", "ci"),
            Map.entry("nameservers", "192.0.2.53"),
            Map.entry("startArguments", "--docker-opt=log-driver=journald"),
            Map.entry("blockedRegistries", "gcr.io"),
            Map.entry("httpProxy", "http://proxy.corp.example:1"),
            Map.entry("httpsProxy", "http://proxy.corp.example:2"),
            Map.entry("noProxy", "intranet.example"),
            Map.entry("registrationServerId", "corp"),
            Map.entry("additionalImages", "quay.io/team/app:1"),
            Map.entry("allowedImages", "quay.io/*"),
            Map.entry("verifyTimeout", "6m"),
            Map.entry("ifRunning", "fail"),
            Map.entry("onFailure", "keep"),
            Map.entry("startTimeout", "21m"),
            Map.entry("stopTimeout", "6m"),
            Map.entry("imagesSource", "both"),
            Map.entry("bundle", "/srv/crc/crc_libvirt_4.19.3_amd64.crcbundle"),
            Map.entry("bundleSha256", "ab".repeat(32)),
            Map.entry("configureCluster", "true"),
            Map.entry("shell", "cmd"));

    private static final List<String> ONLY_CHECKED_BY_PREFLIGHT = List.of("importParallelism", "importTimeout");

    @TempDir
    static Path folder;

    private Path program;

    static List<String> offered() throws IOException {
        List<String> offered = new ArrayList<>();
        for (String mojo : mojos()) {
            PARAMETER
                    .matcher(mojo)
                    .results()
                    .map(MatchResult::group)
                    .filter(parameter -> parameter.contains("<editable>true</editable>"))
                    .forEach(parameter -> offered.add(element(mojo, "goal") + " " + element(parameter, "name")));
        }
        offered.removeIf(name -> name.startsWith("help "));
        return offered;
    }

    private static List<String> mojos() throws IOException {
        String descriptor = new String(
                PreflightMojo.class
                        .getResourceAsStream("/META-INF/maven/plugin.xml")
                        .readAllBytes(),
                StandardCharsets.UTF_8);
        return MOJO.matcher(descriptor).results().map(MatchResult::group).toList();
    }

    private static String element(String xml, String name) {
        return xml.replaceFirst("(?s).*?<" + name + ">(.*?)</" + name + ">.*", "$1");
    }

    @BeforeEach
    void makeAVm() throws IOException {
        program = folder.resolve("minishift");
        Files.writeString(program, "#!/bin/sh\necho minishift v1.34.1+0\necho CDK v3.10.0-1\n");
        Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
        Files.copy(program, folder.resolve("other-program"), java.nio.file.StandardCopyOption.REPLACE_EXISTING);
        Path machine = folder.resolve("home/machines/minishift");
        Files.createDirectories(machine);
        Files.writeString(machine.resolve("config.json"), """
                {"DriverName": "kvm",
                 "Driver": {"CPU": 2, "Memory": 4096, "DiskSize": 20000, "IPAddress": "192.0.2.1", "SSHUser": "docker"},
                 "HostOptions": {"EngineOptions": {"ArbitraryFlags": [], "InsecureRegistry": [], "Env": []}}}
                """);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("offered")
    @DisplayName("changes what its step receives, or whether there is a step, with one of the engines")
    void isUsed(String offered) throws Exception {
        String goal = offered.substring(0, offered.indexOf(' '));
        String parameter = offered.substring(goal.length() + 1);
        List<World> changed = new ArrayList<>();
        for (World world : World.values()) {
            String before = outcome(goal, world, mojo -> {});
            assertThat(before)
                    .as("the goal gets to its step")
                    .contains(goal.equals("delete") && world == World.CLUSTER ? "refused" : "received");
            if (!outcome(goal, world, mojo -> change(goal, mojo, parameter)).equals(before)) {
                changed.add(world);
            }
        }

        assertThat(changed).isNotEmpty();
    }

    /** What runs the OpenShift. */
    private enum World {
        CDK,
        LOCAL,
        CLUSTER
    }

    static List<String> goals() {
        return List.copyOf(GOALS.keySet());
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("goals")
    @DisplayName("(and without a change, the step receives the same)")
    void isTheSame(String goal) throws Exception {
        for (World world : World.values()) {
            assertThat(outcome(goal, world, mojo -> {})).isEqualTo(outcome(goal, world, mojo -> {}));
        }
    }

    private interface Change {
        void in(AbstractCdkMojo mojo) throws Exception;
    }

    private void change(String goal, AbstractCdkMojo mojo, String parameter) throws Exception {
        Field field = field(mojo, parameter);
        String value = OTHER.get(parameter);
        if (goal.equals("preflight") && ONLY_CHECKED_BY_PREFLIGHT.contains(parameter)) {
            field.set(mojo, "no such value");
        } else if (field.getType() == boolean.class) {
            field.setBoolean(mojo, !field.getBoolean(mojo));
        } else if (parameter.equals("remoteSshKey")) {
            field.set(mojo, program.toString());
        } else if (field.getType() == File.class) {
            field.set(mojo, folder.resolve("other-program").toFile());
        } else {
            field.set(mojo, field.getType() == List.class ? List.of(value) : value);
        }
    }

    /** What the goal hands to its step, and how it ends. */
    private String outcome(String goal, World world, Change change) throws Exception {
        AbstractCdkMojo mojo = GOALS.get(goal).apply(decrypter());
        setDefaults(goal, mojo);
        Wiring.byHand(mojo, goal, folder);
        when(mojo.session.getSettings()).thenReturn(settings());
        mojo.session.getRequest().setStartTime(new Date(0));
        if (world == World.CDK) {
            set(mojo, "minishift", program.toFile());
            set(mojo, "home", folder.resolve("home").toFile());
        } else if (world == World.LOCAL) {
            set(mojo, "crc", program.toFile());
        } else {
            set(mojo, "kubeconfig", folder.resolve("kubeconfig").toFile());
        }
        set(mojo, "registry", "registry.corp.example:5000");
        if (world == World.LOCAL && (goal.equals("start") || goal.equals("preflight"))) {
            set(mojo, "bundle", "/srv/crc/crc_libvirt_4.19.2_amd64.crcbundle"); // a checksum is that of a bundle
        }
        change.in(mojo);
        if (mojo.reasonToSkip().isPresent()) {
            return "skipped";
        }
        try {
            String received = received(mojo.step(new ReportBuilder(goal)));
            return "received " + received + Dump.of(fieldOf(BuildSession.of(mojo.session), "stopErrorFails"));
        } catch (ProblemException e) {
            return "refused " + e.problem().toLines();
        }
    }

    /** The status only compares the POM with the VM, so that only what makes a difference there counts. */
    private static String received(Runnable step) {
        Object captured = fieldOf(step, "arg$1");
        if (!(captured instanceof CdkStatus status) || !(Boolean) fieldOf(status, "compare")) {
            return Dump.of(step);
        }
        if (!(fieldOf(status, "engine") instanceof MachineEngine engine)
                || engine.name().equals("crc")) {
            return Dump.of(step);
        }
        return Dump.of(fieldOf(engine, "tools"))
                + Dump.of(fieldOf(engine, "reports"))
                + String.join("\n", Difference.table(engine.differences()));
    }

    private static void setDefaults(String goal, AbstractCdkMojo mojo) throws Exception {
        String descriptor = mojos().stream()
                .filter(xml -> element(xml, "goal").equals(goal))
                .findFirst()
                .orElseThrow();
        for (MatchResult found :
                DEFAULT.matcher(element(descriptor, "configuration")).results().toList()) {
            Field field = field(mojo, found.group(1));
            String value = found.group(2);
            if (field.getType() == boolean.class) {
                field.setBoolean(mojo, Boolean.parseBoolean(value));
            } else {
                field.set(mojo, field.getType() == List.class ? List.of(value.split(",")) : value);
            }
        }
    }

    private static void set(AbstractCdkMojo mojo, String name, Object value) throws Exception {
        try {
            field(mojo, name).set(mojo, value);
        } catch (NoSuchFieldException e) {
            assertThat(name).as("only the registry is not everywhere").isEqualTo("registry");
        }
    }

    private static Field field(Object object, String name) throws NoSuchFieldException {
        for (Class<?> type = object.getClass(); type != Object.class; type = type.getSuperclass()) {
            for (Field field : type.getDeclaredFields()) {
                if (field.getName().equals(name)) {
                    field.setAccessible(true);
                    return field;
                }
            }
        }
        throw new NoSuchFieldException(name);
    }

    private static Object fieldOf(Object object, String name) {
        try {
            return field(object, name).get(object);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Settings settings() {
        Settings settings = new Settings();
        Server server = new Server();
        server.setId("corp");
        server.setUsername("jane");
        server.setPassword("secret");
        settings.addServer(server);
        Proxy proxy = new Proxy();
        proxy.setHost("settings-proxy.corp.example");
        proxy.setPort(3128);
        proxy.setProtocol("http");
        settings.addProxy(proxy);
        return settings;
    }

    private static SettingsDecrypter decrypter() {
        SettingsDecrypter decrypter = mock(SettingsDecrypter.class);
        when(decrypter.decrypt(org.mockito.ArgumentMatchers.any())).thenAnswer(call -> {
            var request = (org.apache.maven.settings.crypto.SettingsDecryptionRequest) call.getArgument(0);
            SettingsDecryptionResult result = mock(SettingsDecryptionResult.class);
            when(result.getProblems()).thenReturn(List.of());
            request.getServers().stream().findFirst().ifPresent(server -> when(result.getServer())
                    .thenReturn(server));
            request.getProxies().stream().findFirst().ifPresent(proxy -> when(result.getProxy())
                    .thenReturn(proxy));
            return result;
        });
        return decrypter;
    }

    /** The values that objects of the plugin hold, as a text. */
    private static final class Dump {

        private final List<Object> seen = new ArrayList<>();

        static String of(Object object) {
            return new Dump().text(object);
        }

        private String text(Object object) {
            if (object instanceof Optional<?> optional) {
                return optional.map(this::text).orElse("-");
            }
            if (object instanceof Collection<?> values) {
                return values.stream().map(this::text).toList().toString();
            }
            if (object instanceof Map<?, ?> map) {
                Map<String, String> texts = new java.util.TreeMap<>();
                map.forEach((key, value) -> texts.put(text(key), text(value)));
                return texts.toString();
            }
            if (object instanceof Deadline deadline) {
                return deadline.limit().toString(); // when it ends, differs from one call to the next
            }
            Class<?> type = object.getClass();
            boolean ours = type.getName().startsWith("io.github.cdkmaven.")
                    && !(object instanceof Enum)
                    && !(object instanceof ReportBuilder
                            || object instanceof ShutdownGuard
                            || object instanceof Deadline
                            || object instanceof AbstractCdkMojo);
            return ours && seen.stream().noneMatch(known -> known == object) ? fields(object) : leaf(object);
        }

        private String fields(Object object) {
            seen.add(object);
            Map<String, String> texts = new LinkedHashMap<>();
            for (Field field : object.getClass().getDeclaredFields()) {
                if (!Modifier.isStatic(field.getModifiers())) {
                    Object value = fieldOf(object, field.getName());
                    texts.put(field.getName(), value == null ? "null" : text(value));
                }
            }
            seen.remove(object);
            return texts.toString();
        }

        /** What has no values of ours, such as a function, counts as nothing. */
        private static String leaf(Object object) {
            return Stream.of(
                                    String.class,
                                    Number.class,
                                    Boolean.class,
                                    Enum.class,
                                    Path.class,
                                    java.time.Duration.class,
                                    Pattern.class)
                            .anyMatch(type -> type.isInstance(object))
                    ? object.toString()
                    : "·";
        }
    }
}
