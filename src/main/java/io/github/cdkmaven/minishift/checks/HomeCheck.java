package io.github.cdkmaven.minishift.checks;

import io.github.cdkmaven.problem.ProblemException;
import io.github.cdkmaven.report.Check;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** minishift's home: it can be written to, and on Windows it lies on the drive from which everything is run. */
public final class HomeCheck implements Supplier<List<Check>> {

    private static final String ID = "host.home";
    private static final Pattern DRIVE = Pattern.compile("([A-Za-z]):.*");
    private static final Pattern SHARE = Pattern.compile("(//|\\\\\\\\).*");
    private static final String FIX = "<home> (-Dcdk.home=…) ";

    private final Path place;
    private final Supplier<Path> executable;
    private final Host host;

    /**
     * A look that is still to be taken.
     *
     * @param place the home
     * @param executable finds minishift, or throws a {@link ProblemException}
     */
    public HomeCheck(Path place, Supplier<Path> executable, Host host) {
        this.place = place;
        this.executable = executable;
        this.host = host;
    }

    @Override
    public List<Check> get() {
        String home = place.toString();
        Path folder = existing(place.toAbsolutePath());
        if (!Files.isDirectory(folder) || !Files.isWritable(folder)) {
            return List.of(Check.fail(
                    ID,
                    home,
                    folder
                            + (Files.isDirectory(folder)
                                    ? " cannot be written to by this user"
                                    : " is a file, not a folder"),
                    FIX + "with a folder of this user's"));
        }
        return List.of(host.system() == Host.OperatingSystem.WINDOWS ? onWindows(home) : ok(home));
    }

    private Check onWindows(String home) {
        if (SHARE.matcher(home).matches()) {
            return Check.warn(
                    ID,
                    home,
                    "minishift cannot keep a VM on a network share (minishift#1098)",
                    FIX + "on a local disk");
        }
        Optional<String> drive = drive(home);
        for (String other : List.of(host.directory().toString(), program())) {
            if (drive.isPresent()
                    && drive(other)
                            .filter(letter -> !letter.equals(drive.get()))
                            .isPresent()) {
                return Check.warn(
                        ID,
                        home,
                        "it is on a different drive from " + other
                                + ", which minishift does not support (minishift#236)",
                        "build from drive " + drive.get() + ": with minishift there too, or " + FIX + "on that drive");
            }
        }
        return ok(home);
    }

    private static Check ok(String home) {
        return Check.ok(ID, home, "can be written to");
    }

    private String program() {
        try {
            return executable.get().toString();
        } catch (ProblemException e) {
            // The tools' own finding.
            return "";
        }
    }

    private static Optional<String> drive(String path) {
        Matcher form = DRIVE.matcher(path);
        return form.matches() ? Optional.of(form.group(1).toUpperCase(Locale.ROOT)) : Optional.empty();
    }

    /** The folder itself, or the nearest one above it that is there. */
    static Path existing(Path folder) {
        Path parent = folder.getParent();
        return Files.exists(folder) || parent == null ? folder : existing(parent);
    }
}
