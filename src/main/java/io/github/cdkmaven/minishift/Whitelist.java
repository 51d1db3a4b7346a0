package io.github.cdkmaven.minishift;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.cdkmaven.json.JsonTree;
import io.github.cdkmaven.openshift.AllowedRegistry;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The registries that OpenShift lets ImageStreams import from: {@code imagePolicyConfig.allowedRegistriesForImport} of the master.
 *
 * <p>OpenShift up to 3.9 has such a list by default, and 3.9 holds even cluster administrators to it (origin#20039).
 *
 * @param entries the list, in its order
 */
public record Whitelist(List<AllowedRegistry> entries) {

    private static final Pattern SECTION = Pattern.compile("(?m)^imagePolicyConfig:[ \\t]*\\n((?:[ \\t-].*\\n?)*)");
    private static final Pattern LIST =
            Pattern.compile("(?m)^([ ]+)allowedRegistriesForImport:[ \\t]*\\n((?:\\1[ ]*-.*\\n?|\\1[ ]+\\S.*\\n?)+)");
    private static final Pattern FIELD = Pattern.compile("^[ ]*(-?)[ ]*(domainName|insecure):[ ]*(.*?)[ ]*$");

    public Whitelist {
        entries = List.copyOf(entries);
    }

    /**
     * Finds the list in the master's configuration as {@code minishift openshift config view} prints it (YAML written by OpenShift itself).
     *
     * @return the list, or empty when the configuration has none, which lets every registry in
     */
    public static Optional<Whitelist> find(String masterConfig) {
        Matcher section = SECTION.matcher(masterConfig.replace("\r", "") + "\n");
        if (!section.find()) {
            return Optional.empty();
        }
        Matcher list = LIST.matcher(section.group(1));
        return list.find() ? Optional.of(new Whitelist(entriesOf(list.group(2)))) : Optional.empty();
    }

    private static List<AllowedRegistry> entriesOf(String yaml) {
        List<AllowedRegistry> entries = new ArrayList<>();
        String domain = "";
        boolean insecure = false;
        for (String line : yaml.lines().toList()) {
            Matcher field = FIELD.matcher(line);
            if (!field.matches()) {
                continue;
            }
            if (!field.group(1).isEmpty() && !domain.isEmpty()) {
                entries.add(new AllowedRegistry(domain, insecure));
                domain = "";
                insecure = false;
            }
            if (field.group(2).equals("domainName")) {
                domain = unquoted(field.group(3));
            } else {
                insecure = field.group(3).equals("true");
            }
        }
        if (!domain.isEmpty()) {
            entries.add(new AllowedRegistry(domain, insecure));
        }
        return entries;
    }

    private static String unquoted(String scalar) {
        boolean quoted = scalar.length() >= 2
                && (scalar.charAt(0) == '\'' || scalar.charAt(0) == '"')
                && scalar.charAt(scalar.length() - 1) == scalar.charAt(0);
        return quoted ? scalar.substring(1, scalar.length() - 1) : scalar;
    }

    /** Whether images may be imported from a registry. */
    public boolean admits(String registry, boolean insecure) {
        return entries.stream().anyMatch(entry -> entry.admits(registry, insecure));
    }

    /** The list with one more registry at its end. */
    public Whitelist with(String registry, boolean insecure) {
        List<AllowedRegistry> all = new ArrayList<>(entries);
        all.add(new AllowedRegistry(registry, insecure));
        return new Whitelist(all);
    }

    /** The patch that puts this list in place of the old one: the master's patch replaces arrays, it does not merge them. */
    public String toPatch() {
        ObjectNode root = JsonTree.object();
        ArrayNode list = root.putObject("imagePolicyConfig").putArray("allowedRegistriesForImport");
        for (AllowedRegistry entry : entries) {
            ObjectNode item = list.addObject().put("domainName", entry.domainName());
            if (entry.insecure()) {
                item.put("insecure", true);
            }
        }
        return JsonTree.text(root);
    }
}
