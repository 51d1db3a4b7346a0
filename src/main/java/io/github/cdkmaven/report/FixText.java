package io.github.cdkmaven.report;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Writes an advice with its POM elements, properties and goals set as code, which is never broken over two lines. */
final class FixText {

    private static final Pattern CODE = Pattern.compile(
            "<(\\w{1,30})>[^<\\s]{0,30}</\\1>|<\\w{1,30}>|-Dcdk\\.\\w{1,30}(?:=[\\w./*:-]{0,60}[\\w/*])?|\\bcdk:[a-z]{1,20}");

    private FixText() {}

    static void writeTo(Html page, String fix) {
        page.open("p", "class", "fix").element("b", "Fix").text(" ");
        Matcher code = CODE.matcher(fix);
        int written = 0;
        while (code.find()) {
            page.text(fix.substring(written, code.start())).element("code", code.group());
            written = code.end();
        }
        page.text(fix.substring(written)).close();
    }
}
