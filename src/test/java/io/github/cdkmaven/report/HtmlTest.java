package io.github.cdkmaven.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("A page in the making")
class HtmlTest {

    private final Html page = new Html();

    @Test
    @DisplayName("escapes text and attributes")
    void escapes() {
        page.element("p", "<b>&\"'\n\u001B", "title", "<\"&'>\n");

        assertThat(page.page())
                .isEqualTo(
                        "<!DOCTYPE html>\n<p title=\"&lt;&quot;&amp;'&gt;\\n\">&lt;b&gt;&amp;&quot;'\n\\u001B</p>\n");
    }

    @ParameterizedTest
    @CsvSource({"href,https://example.com", "href,javascript:x", "src,x.png", "action,/x", "srcset,//x", "data,x"})
    @DisplayName("refuses a reference that leaves the file")
    void refusesReferences(String attribute, String value) {
        assertThatThrownBy(() -> page.open("a", attribute, value)).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"onclick", "style", "a b", "", "x=\"", "1"})
    @DisplayName("refuses handlers, inline styles and names that are none")
    void refusesAttributes(String attribute) {
        assertThatThrownBy(() -> page.open("a", attribute, "#")).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"script src", "b>", "", "<b"})
    @DisplayName("refuses elements whose name is none")
    void refusesElements(String name) {
        assertThatThrownBy(() -> page.open(name)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    @DisplayName("is given out only when every element is closed")
    void isGivenOutWhenClosed() {
        page.open("p");

        assertThatThrownBy(page::page).hasMessage("Still open: [p]");
        assertThatThrownBy(() -> page.empty("p")).hasMessage("Not an empty element: p");
    }

    @Test
    @DisplayName("takes only style sheets and scripts that every parser reads the same")
    void takesCleanAssets() {
        assertThatThrownBy(() -> Asset.of("if (a < b) {}")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Asset.of("a && b")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Asset.load("missing.css")).hasMessage("Missing from the plugin's jar: missing.css");
    }

    @Test
    @DisplayName("names an asset in its policy by SHA-256")
    void namesAssetsByHash() {
        // printf 'alert(1)' | openssl dgst -sha256 -binary | base64
        assertThat(Asset.of("alert(1)").policySource())
                .isEqualTo("'sha256-bhHHL3z2vDgxUt0W3dWQOrprscmda2Y5pLsLg4GF+pI='");
    }

    @Test
    @DisplayName("sets POM elements, properties and goals of an advice as code, and nothing else")
    void setsAdviceAsCode() {
        FixText.writeTo(page, "Set <failOn>none</failOn> (-Dcdk.failOn=none), <a b>, or run cdk:images.");

        assertThat(page.page())
                .contains("Set <code>&lt;failOn&gt;none&lt;/failOn&gt;</code> (<code>-Dcdk.failOn=none</code>),"
                        + " &lt;a b&gt;, or run <code>cdk:images</code>.</p>");
    }

    @Test
    @DisplayName("gives tables their roles, which a style might take from them")
    void givesTablesTheirRoles() {
        page.open("table").open("tr").element("th", "a", "scope", "row").element("td", "b");
        page.close().close();

        assertThat(page.page())
                .contains("<table role=\"table\">", "<tr role=\"row\">", "<th scope=\"row\" role=\"rowheader\">")
                .contains("<td role=\"cell\">");
    }
}
