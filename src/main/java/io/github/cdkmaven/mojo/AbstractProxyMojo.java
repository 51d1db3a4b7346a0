package io.github.cdkmaven.mojo;

import io.github.cdkmaven.minishift.Proxies;
import io.github.cdkmaven.minishift.RedHatLogin;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.apache.maven.plugins.annotations.Parameter;
import org.apache.maven.settings.crypto.SettingsDecrypter;
import org.jspecify.annotations.Nullable;

/** The parameters that take minishift and the VM outside where that is wanted: proxies, and the registration of the VM's RHEL. */
abstract class AbstractProxyMojo extends AbstractMoveMojo {

    private static final Pattern PROXY = Pattern.compile("(https?://)?[^\\s/:@]+(:\\d{1,5})?/?");

    AbstractProxyMojo(SettingsDecrypter decrypter) {
        super(decrypter);
    }

    /**
     * The proxy of minishift and the VM for http addresses. One that wants a password is taken from settings.xml: {@code useSettingsProxy}. Without it, there is no proxy but the environment's.
     *
     * <p>Example: {@code <httpProxy>http://proxy.corp.example:3128</httpProxy>}
     *
     * @since 1.0.0
     */
    @Parameter(property = "cdk.httpProxy")
    @Nullable String httpProxy;

    /**
     * The same for https addresses. Without it, there is no proxy but the environment's.
     *
     * <p>Example: {@code <httpsProxy>http://proxy.corp.example:3128</httpsProxy>}
     *
     * @since 1.0.0
     */
    @Parameter(property = "cdk.httpsProxy")
    @Nullable String httpsProxy;

    /**
     * Hosts, domains ({@code .corp.example}) and networks that are reached without the proxy. The registry, OpenShift's service network and
     * its internal domains are always added, also where the proxy comes from the environment. The default is none of your own.
     *
     * <p>Example: {@code <noProxy><host>.corp.example</host><host>10.0.0.0/8</host></noProxy>}
     *
     * @since 1.0.0
     */
    @Parameter(property = "cdk.noProxy")
    @Nullable List<String> noProxy;

    /**
     * Whether minishift and the VM use the active {@code <proxy>} of settings.xml. Its password may be encrypted. What {@code httpProxy},
     * {@code httpsProxy} and {@code noProxy} say comes first.
     *
     * <p>Example: {@code <useSettingsProxy>true</useSettingsProxy>}
     *
     * @since 1.0.0
     */
    @Parameter(property = "cdk.useSettingsProxy", defaultValue = "false")
    boolean useSettingsProxy;

    /**
     * Whether the VM's RHEL stays unregistered. Registration asks Red Hat. {@code registrationServerId} turns it on.
     *
     * <p>Example: {@code <skipRegistration>false</skipRegistration>}
     *
     * @since 1.0.0
     */
    @Parameter(property = "cdk.skipRegistration", defaultValue = "true")
    boolean skipRegistration;

    /**
     * The id of the {@code <server>} in settings.xml with whose user and password the VM's RHEL is registered at Red Hat. Without it, the VM
     * stays unregistered.
     *
     * <p>Example: {@code <registrationServerId>red-hat</registrationServerId>}
     *
     * @since 1.0.0
     */
    @Parameter(property = "cdk.registrationServerId")
    @Nullable String registrationServerId;

    /** The proxies in force. */
    final Proxies proxies(ParameterReader reading) {
        Proxies settings = useSettingsProxy
                ? reading.value(
                        "useSettingsProxy",
                        () -> new SettingsProxies(session.getSettings(), decrypter).read(),
                        Proxies.NONE)
                : Proxies.NONE;
        List<String> without = Values.texts(noProxy).stream()
                .flatMap(text -> Proxies.split(text).stream())
                .toList();
        return new Proxies(
                proxy(reading, "httpProxy", httpProxy).or(settings::http),
                proxy(reading, "httpsProxy", httpsProxy).or(settings::https),
                without.isEmpty() ? settings.without() : without);
    }

    private static Optional<String> proxy(ParameterReader reading, String parameter, @Nullable String value) {
        return reading.value(
                parameter, () -> Values.text(value).map(text -> checked(parameter, text)), Optional.empty());
    }

    private static String checked(String parameter, String url) {
        if (url.indexOf('@') >= 0) {
            throw Values.refused(
                    parameter,
                    "***" + url.substring(url.lastIndexOf('@')),
                    "a user and a password do not belong into it, since Maven prints parameters",
                    "http://host:port; a proxy that wants a password goes into settings.xml:"
                            + " <useSettingsProxy>true</useSettingsProxy> (-Dcdk.useSettingsProxy)");
        }
        if (!PROXY.matcher(url).matches()) {
            throw Values.refused(parameter, url, "it is no address of a proxy", "http://host:port");
        }
        return url.contains("://") ? url : "http://" + url;
    }

    /** With whom the VM is registered; both user and password, or nobody. */
    final Optional<RedHatLogin> registration(ParameterReader reading) {
        Optional<String> id = Values.text(registrationServerId);
        if (id.isPresent()) {
            return reading.value(
                    "registrationServerId",
                    () -> new Servers(session.getSettings(), decrypter)
                            .find("registrationServerId", id, "")
                            .map(login -> new RedHatLogin(login.user(), login.password())),
                    Optional.empty());
        }
        return reading.value(
                "skipRegistration",
                () -> {
                    if (!skipRegistration
                            && !(isInEnvironment("MINISHIFT_USERNAME") && isInEnvironment("MINISHIFT_PASSWORD"))) {
                        throw Values.refused(
                                "skipRegistration",
                                "false",
                                "nobody is named to register with, and minishift would ask on a terminal that is not there",
                                "true, or <registrationServerId> with the id of a <server> in settings.xml");
                    }
                    return Optional.empty();
                },
                Optional.empty());
    }

    private boolean isInEnvironment(String name) {
        return !Optional.ofNullable(environment.get(name)).orElse("").isBlank();
    }
}
