package io.github.cdkmaven.engine;

import io.github.cdkmaven.report.TextTable;
import java.util.List;

/**
 * One setting that an existing machine has otherwise than the POM wants it, of those that its engine applies only when it makes a machine.
 *
 * @param option the engine's name of it
 * @param wanted what the POM asks for
 * @param actual what the machine has
 * @param insists whether the machine cannot be used with it: the POM itself asks for something else, or images would come from another place
 */
public record Difference(String option, String wanted, String actual, boolean insists) {

    /** Stands for a value that one side has not. */
    public static final String NOTHING = "–";

    /** Some differences side by side. */
    public static List<String> table(List<Difference> differences) {
        TextTable table = new TextTable().row("OPTION", "POM", "VM");
        differences.forEach(row -> table.row(row.option(), row.wanted(), row.actual()));
        return table.lines();
    }
}
