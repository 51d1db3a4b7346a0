package io.github.cdkmaven.lifecycle;

/** A shell, and how a variable is set in it. */
public enum Shell {
    /** Bourne's and its like: bash, zsh, dash. */
    SH {
        @Override
        String set(String name, String value) {
            return "export " + name + "=" + quoted(value);
        }

        @Override
        String prepend(String folder) {
            return "export PATH=" + quoted(folder) + ":\"$PATH\"";
        }

        /** What a goal says of its failure, the shell must not run. */
        @Override
        String use(String goal) {
            return "cdk=$(mvn -q " + goal + ") && eval \"$cdk\"";
        }

        private String quoted(String value) {
            return "'" + value.replace("'", "'\\''") + "'";
        }
    },
    /** PowerShell. */
    POWERSHELL {
        @Override
        String set(String name, String value) {
            return "$Env:" + name + " = " + quoted(value);
        }

        @Override
        String prepend(String folder) {
            return "$Env:PATH = " + quoted(folder + ";") + " + $Env:PATH";
        }

        @Override
        String use(String goal) {
            return "mvn -q " + goal + " | Out-String | Invoke-Expression";
        }

        private String quoted(String value) {
            return "'" + value.replace("'", "''") + "'";
        }
    },
    /** The command prompt of Windows. */
    CMD {
        @Override
        String set(String name, String value) {
            return "SET \"" + name + "=" + value + "\"";
        }

        @Override
        String prepend(String folder) {
            return "SET \"PATH=" + folder + ";%PATH%\"";
        }

        @Override
        String use(String goal) {
            return "FOR /f \"tokens=*\" %i IN ('mvn -q " + goal + "') DO @%i";
        }
    };

    /** That of most people on this machine. */
    public static Shell ofThisMachine() {
        return System.getProperty("os.name").startsWith("Windows") ? POWERSHELL : SH;
    }

    /** The line that sets a variable, whatever its value holds. */
    abstract String set(String name, String value);

    /** The line that puts a folder before all others on the PATH. */
    abstract String prepend(String folder);

    /** What one types to have the lines of a goal carried out. */
    abstract String use(String goal);
}
