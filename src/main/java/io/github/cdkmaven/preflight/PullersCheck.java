package io.github.cdkmaven.preflight;

import io.github.cdkmaven.mirror.Inventory;
import io.github.cdkmaven.mirror.MirrorImage;
import io.github.cdkmaven.mirror.MirrorPlan;
import io.github.cdkmaven.registry.ManifestAnswer;
import io.github.cdkmaven.registry.Party;
import io.github.cdkmaven.registry.RegistryClient;
import io.github.cdkmaven.registry.RegistryFailure;
import io.github.cdkmaven.report.Check;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Those who pull beside this JVM: docker and OpenShift's importer get in with the same login, by the rules of each, or it is told why not. */
final class PullersCheck {

    private final List<Party> pullers;
    private final RegistryClient client;
    private final MirrorPlan plan;
    private final Optional<Inventory> inventory;
    private final Optional<RegistryFailure> refused;

    /**
     * A check of one registry.
     *
     * @param pullers who will pull from it
     * @param inventory what this JVM found; absent where its login was refused
     * @param refused why the login was refused, if it was
     */
    PullersCheck(
            List<Party> pullers,
            RegistryClient client,
            MirrorPlan plan,
            Optional<Inventory> inventory,
            Optional<RegistryFailure> refused) {
        this.pullers = pullers;
        this.client = client;
        this.plan = plan;
        this.inventory = inventory;
        this.refused = refused;
    }

    List<Check> run() {
        List<Check> checks = new ArrayList<>();
        sample().ifPresent(
                        image -> pullers.forEach(party -> verdict(party, image).ifPresent(checks::add)));
        return checks;
    }

    /** One image says it for all that are asked for by the same challenge: one that is open to this JVM alone, else one that is there. */
    private Optional<MirrorImage> sample() {
        List<MirrorImage> own = plan.images().stream()
                .filter(image -> image.target()
                        .registry()
                        .equals(Optional.of(client.access().host())))
                .toList();
        Set<String> closed = client.closedToPullers();
        return own.stream()
                .filter(image ->
                        isUsable(image) && closed.contains(image.target().path()))
                .findFirst()
                .or(() -> own.stream().filter(this::isUsable).findFirst())
                .or(() -> refused.isPresent() ? own.stream().findFirst() : Optional.empty());
    }

    private boolean isUsable(MirrorImage image) {
        return inventory
                .map(found -> found.answers().get(image))
                .filter(Inventory::isUsable)
                .isPresent();
    }

    private Optional<Check> verdict(Party party, MirrorImage image) {
        ManifestAnswer answer =
                client.manifestAs(party, image.target().path(), image.target().tagOrDigest());
        String id = "registry." + (party == Party.DOCKER ? "docker" : "importer");
        String host = client.access().host();
        if (!(answer instanceof RegistryFailure failure)) {
            return Optional.of(Check.ok(
                    id,
                    host,
                    party.words()
                            + (refused.isPresent()
                                    ? " gets in anonymously, since this login is refused"
                                    : " gets in"
                                            + (client.access().credentials().isPresent() ? " with this login" : ""))));
        }
        if (refused.isPresent()) {
            // One cause, which is told by then.
            return Optional.empty();
        }
        boolean closed = client.closedToPullers().contains(image.target().path());
        return Optional.of(Check.fail(
                id,
                host,
                party.words() + " cannot pull " + image.target() + ", but this JVM can: "
                        + (closed
                                ? "it only responds to the challenge of /v2/, and to none if one WWW-Authenticate header offers"
                                        + " several schemes, so it does not send the login; "
                                : "")
                        + failure.words(),
                closed
                        ? "Make the registry ask for the login at /v2/, with only Basic or only Bearer in its WWW-Authenticate"
                                + " header, or allow anonymous pulls of these images."
                        : failure.fix()));
    }
}
