package io.github.cdkmaven.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.cdkmaven.registry.ManifestAnswer.Found;
import io.github.cdkmaven.registry.ManifestAnswer.Missing;
import io.github.cdkmaven.registry.ManifestAnswer.OciOnly;
import io.github.cdkmaven.registry.RegistryFailure.HttpOnly;
import io.github.cdkmaven.registry.RegistryFailure.Tls;
import io.github.cdkmaven.registry.RegistryFailure.Unauthorized;
import io.github.cdkmaven.sim.registry.TestRegistry;
import io.github.cdkmaven.sim.registry.TinyImage;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@DisplayName("The registry client, against the in-process registry and the real one alike,")
@ParameterizedClass
@EnumSource(RegistryKind.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RegistryClientTest {

    private static final String REPOSITORY = "openshift3/ose";
    private static final String TAG = "v3.9.31";
    private static final Duration MINUTE = Duration.ofMinutes(1);

    @TempDir
    Path folder;

    @Parameter
    RegistryKind kind;

    private TestRegistry registry;
    private TinyImage image;
    private RegistryClient client;

    @BeforeParameterizedClassInvocation
    void openRegistry(RegistryKind opened) {
        registry = opened.open();
        image = registry.image(REPOSITORY + ':' + TAG);
    }

    @AfterParameterizedClassInvocation
    void closeRegistry() {
        registry.close();
    }

    @BeforeEach
    void openClient() {
        client = RegistryKind.client(registry, folder);
    }

    @AfterEach
    void closeClient() {
        client.close();
    }

    @Test
    void greetsAndLogsIn() {
        PingAnswer answer = client.ping();

        assertThat(answer.failure()).isEmpty();
        assertThat(answer.ok()).isTrue();
        assertThat(answer.auth()).isEqualTo(kind.auth);
        assertThat(answer.plainHttp()).isEqualTo(registry.caPem().isEmpty());
    }

    @Test
    void findsAnImageByItsTag() {
        assertThat(client.manifest(REPOSITORY, TAG))
                .isEqualTo(new Found(image.digest(), MediaTypes.SCHEMA_2, image.manifestBytes().length, List.of()));
    }

    @Test
    void findsAnImageByItsDigest() {
        assertThat(client.manifest(REPOSITORY, image.digest())).isInstanceOf(Found.class);
    }

    @Test
    void saysThatATagIsMissing() {
        assertThat(client.manifest(REPOSITORY, "v9")).isEqualTo(new Missing(Missing.Kind.MANIFEST_UNKNOWN));
    }

    @Test
    void saysThatARepositoryIsMissing() {
        assertThat(client.manifest("no/such", "v9")).isInstanceOf(Missing.class);
    }

    @Test
    void tellsAnOciImageFromAMissingOne() {
        String digest = registry.put("a/oci:1", TinyImage.oci("text"));

        assertThat(client.manifest("a/oci", "1")).isEqualTo(new OciOnly(digest, MediaTypes.OCI_MANIFEST));
    }

    @Test
    void looksIntoAManifestList() {
        registry.put("a/list:1", TinyImage.list("text", "s390x", "amd64"));
        registry.put("a/list:2", TinyImage.list("text", "s390x", "ppc64le"));

        assertThat(client.manifest("a/list", "1"))
                .asInstanceOf(InstanceOfAssertFactories.type(Found.class))
                .satisfies(found -> assertThat(found.architectures()).containsExactly("s390x", "amd64"))
                .satisfies(found -> assertThat(found.otherArchitecture()).isFalse());
        assertThat(client.manifest("a/list", "2").words()).isEqualTo("in the registry, but for s390x, ppc64le only");
    }

    @Test
    void readsTheArchitectureOfASingleImageWhenAsked() {
        registry.put("a/power:1", TinyImage.forArchitecture("ppc64le", "text"));

        assertThat(client.manifest("a/power", "1").words()).isEqualTo("there");
        assertThat(client.manifestWithArchitecture("a/power", "1").words())
                .isEqualTo("in the registry, but for ppc64le only");
        assertThat(client.manifestWithArchitecture(REPOSITORY, TAG).words()).isEqualTo("there");
        assertThat(client.manifestWithArchitecture(REPOSITORY, "v9")).isInstanceOf(Missing.class);
    }

    @Test
    void fetchesAManifestByteByByte() throws Exception {
        ManifestContent content = client.fetchManifest(REPOSITORY, TAG);

        assertThat(content.toByteArray()).isEqualTo(image.manifestBytes());
        assertThat(content.digest()).isEqualTo(image.digest());
        assertThat(content.mediaType()).isEqualTo(MediaTypes.SCHEMA_2);
    }

    @Test
    void fetchesABlobIntoAFile() throws Exception {
        Path target = folder.resolve("blob");
        String layer = image.layerDigests().get(0);

        client.fetchBlob(REPOSITORY, layer, image.blobs().get(layer).length, target, MINUTE);

        assertThat(target).hasBinaryContent(image.blobs().get(layer));
    }

    @Test
    void leavesNoFileForABlobThatIsMissing() {
        Path target = folder.resolve("missing");

        assertThatThrownBy(() -> client.fetchBlob(REPOSITORY, Sha256.of(new byte[0]), 0, target, MINUTE))
                .isInstanceOf(RegistryException.class);
        assertThat(target).doesNotExist();
    }

    @Test
    void asksForManyImagesAtOnceAndAnswersInTheirOrder() {
        List<ManifestQuery> queries = new ArrayList<>();
        for (int i = 0; i < 30; i++) {
            queries.add(new ManifestQuery(REPOSITORY, i % 3 == 0 ? "v" + i : TAG));
            queries.add(new ManifestQuery("other/path" + i, TAG));
        }

        Map<ManifestQuery, ManifestAnswer> answers = client.manifests(queries, 4, MINUTE);

        assertThat(answers.keySet()).containsExactlyElementsOf(new LinkedHashSet<>(queries));
        assertThat(answers.get(new ManifestQuery(REPOSITORY, TAG))).isInstanceOf(Found.class);
        assertThat(answers.values()).filteredOn(Found.class::isInstance).hasSize(1);
        assertThat(answers.values()).filteredOn(Missing.class::isInstance).hasSize(40);
    }

    @Test
    void saysThatALoginIsNeeded() {
        assumeTrue(registry.user().isPresent());
        Registry access = RegistryKind.access(registry, folder);
        Registry anonymous =
                new Registry(access.name(), access.insecure(), access.ca(), Optional.empty(), access.timeout());
        try (RegistryClient stranger = new RegistryClient(anonymous)) {
            assertThat(stranger.manifest(REPOSITORY, TAG)).isInstanceOf(Unauthorized.class);
            if (kind.auth == AuthScheme.BEARER) {
                assertThat(stranger.ping().failure())
                        .as("a token server may give strangers a token for an image alone")
                        .isEmpty();
            } else {
                assertThat(stranger.ping().failure()).get().isInstanceOf(Unauthorized.class);
            }
            assertThat(stranger.ping().v2()).isTrue();
        }
    }

    @Test
    void saysThatThePasswordIsWrong() {
        assumeTrue(registry.user().isPresent());
        Registry access = RegistryKind.access(registry, folder).withCredentials(new Credentials("jane", "wrong"));
        try (RegistryClient stranger = new RegistryClient(access)) {
            assertThat(stranger.manifest(REPOSITORY, TAG))
                    .isInstanceOf(Unauthorized.class)
                    .extracting(ManifestAnswer::fix)
                    .asString()
                    .contains("<registryServerId>");
            assertThat(stranger.ping().ok()).isFalse();
        }
    }

    @Test
    void doesNotTrustAPrivateAuthorityByItself() {
        assumeTrue(registry.caPem().isPresent());
        try (RegistryClient strict = new RegistryClient(Registry.to(registry.host()))) {
            assertThat(strict.manifest(REPOSITORY, TAG))
                    .asInstanceOf(InstanceOfAssertFactories.type(Tls.class))
                    .satisfies(tls -> assertThat(tls.reason()).isEqualTo(TlsReason.UNKNOWN_AUTHORITY));
        }
    }

    @Test
    void acceptsAnyCertificateWhenInsecure() {
        assumeTrue(registry.caPem().isPresent() && registry.user().isEmpty());
        try (RegistryClient lax =
                new RegistryClient(Registry.to(registry.host()).withInsecure(true))) {
            assertThat(lax.manifest(REPOSITORY, TAG)).isInstanceOf(Found.class);
            assertThat(lax.ping().plainHttp()).isFalse();
        }
    }

    @Test
    void refusesPlainHttpUnlessInsecure() {
        assumeTrue(registry.caPem().isEmpty());
        try (RegistryClient strict = new RegistryClient(Registry.to(registry.host()))) {
            assertThat(strict.manifest(REPOSITORY, TAG)).isEqualTo(new HttpOnly(registry.host()));
        }
    }
}
