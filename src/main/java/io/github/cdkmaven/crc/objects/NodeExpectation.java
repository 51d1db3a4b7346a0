package io.github.cdkmaven.crc.objects;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * What the node has to have once the cluster's objects have reached it.
 *
 * @param mirrors what is asked in the place of public registries
 * @param blocked what is never asked
 * @param insecure what needs no valid certificate
 * @param logins the registries for which there is a login
 */
record NodeExpectation(WantedMirrors mirrors, List<String> blocked, List<String> insecure, Set<String> logins) {

    NodeExpectation {
        blocked = List.copyOf(blocked);
        insecure = List.copyOf(insecure);
        logins = Set.copyOf(logins);
    }

    /** What a rendered configuration lacks but for blocked registries, in words. */
    List<String> missing(RenderedFiles files) {
        RegistriesConf conf = files.registries();
        List<String> missing = new ArrayList<>();
        for (List<MirrorEntry> entries : List.of(mirrors.digests(), mirrors.tags())) {
            for (MirrorEntry entry : entries) {
                if (conf.at(entry.source())
                        .filter(found -> found.blocked() && found.mirrors().contains(entry.mirror()))
                        .isEmpty()) {
                    missing.add("the mirror of " + entry.source());
                }
            }
        }
        insecure.stream()
                .filter(host ->
                        conf.at(host).filter(RegistriesConf.Entry::insecure).isEmpty())
                .forEach(host -> missing.add("insecure " + host));
        JsonNode auths = files.pullSecret().path("auths");
        if (files.hasPullSecret()) {
            logins.stream().filter(host -> !auths.has(host)).forEach(host -> missing.add("the login for " + host));
        }
        return missing;
    }

    /** Which registries a rendered configuration does not block. */
    List<String> unblocked(RenderedFiles files) {
        RegistriesConf conf = files.registries();
        return blocked.stream()
                .filter(host ->
                        conf.at(host).filter(RegistriesConf.Entry::blocked).isEmpty())
                .toList();
    }
}
