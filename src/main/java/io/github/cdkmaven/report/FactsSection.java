package io.github.cdkmaven.report;

import java.util.Optional;

/** What ran against what: the registry and the CDK. */
record FactsSection(RunReport report) implements PageSection {

    @Override
    public String id() {
        return "facts";
    }

    @Override
    public String title() {
        return "Registry and CDK";
    }

    @Override
    public int size() {
        return 0;
    }

    @Override
    public boolean applies() {
        return report.registry().isPresent() || !report.cdk().isEmpty();
    }

    @Override
    public void writeTo(Html page) {
        CdkFacts cdk = report.cdk();
        page.open("dl", "class", "facts");
        fact(page, "Registry", report.registry());
        fact(page, "CDK", cdk.version());
        fact(page, "minishift", cdk.minishift());
        fact(page, "OpenShift", cdk.openshift());
        fact(page, "Profile", cdk.profile());
        fact(page, "VM address", cdk.ip());
        page.close();
    }

    private static void fact(Html page, String name, Optional<String> value) {
        value.ifPresent(text -> page.open("div")
                .element("dt", name)
                .open("dd")
                .element("code", text)
                .close()
                .close());
    }
}
