package io.github.cdkmaven.sim.minishift;

/**
 * A flag of a command.
 *
 * @param shorthand one letter, or empty
 * @param kind what its value may be
 * @param usage what help says
 * @param standard its value when nobody gives one, empty for none
 */
public record Flag(String name, String shorthand, Kind kind, String usage, String standard) {

    /** The value types of the flags library, by the names that its usage text prints. */
    public enum Kind {
        STRING("string"),
        INT("int"),
        BOOL(""),
        LIST("stringSlice");

        private final String word;

        Kind(String word) {
            this.word = word;
        }
    }

    public static Flag text(String name, String usage) {
        return new Flag(name, "", Kind.STRING, usage, "");
    }

    public static Flag text(String name, String usage, String standard) {
        return new Flag(name, "", Kind.STRING, usage, standard);
    }

    public static Flag number(String name, String usage, String standard) {
        return new Flag(name, "", Kind.INT, usage, standard);
    }

    public static Flag toggle(String name, String usage) {
        return new Flag(name, "", Kind.BOOL, usage, "");
    }

    public static Flag list(String name, String usage) {
        return new Flag(name, "", Kind.LIST, usage, "");
    }

    public Flag shortly(String letter) {
        return new Flag(name, letter, kind, usage, standard);
    }

    String usageLine() {
        String left = (shorthand.isEmpty() ? "      --" : "  -" + shorthand + ", --") + name + " " + kind.word;
        return String.format("%-37s", left) + usage + defaultNote();
    }

    private String defaultNote() {
        if (standard.isEmpty()) {
            return "";
        }
        return kind == Kind.STRING ? " (default \"" + standard + "\")" : " (default " + standard + ")";
    }
}
