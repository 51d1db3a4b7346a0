/** What a goal did and found, and the files and lines that tell it: report.json, report.html, TEST-cdk.xml, the console. */
@NullMarked
package io.github.cdkmaven.report;

import org.jspecify.annotations.NullMarked;
