package io.github.cdkmaven.sim.minishift;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;

/** {@code minishift profile}. */
final class ProfileCommand {

    private ProfileCommand() {}

    static void run(Session session) {
        ParsedFlags flags = Usage.parse(
                session.call(),
                "profile",
                List.of(Flag.toggle("force", "Do not ask.").shortly("f")));
        List<String> words = flags.words();
        switch (words.isEmpty() ? "" : words.get(0)) {
            case "list" -> list(session);
            case "set" -> set(session, words);
            case "delete" -> delete(session, words);
            default -> session.call().println("Manages Minishift profiles.");
        }
    }

    private static void list(Session session) {
        String active = session.home().activeProfile();
        for (String name : session.home().profiles()) {
            Session one = session.select(name);
            String state = one.home().hasMachine() ? (one.vm().isRunning() ? "Running" : "Stopped") : "Does Not Exist";
            String mark = state.length() < 8 ? "\t\t" : "\t";
            session.call().println("- " + name + "\t" + state + (name.equals(active) ? mark + "(Active)" : ""));
        }
    }

    private static void set(Session session, List<String> words) {
        if (words.size() < 2) {
            throw ExitException.failure("A profile name must be provided. Run 'minishift profile list' for a list.");
        }
        String name = words.get(1);
        Session.checkName(name);
        session.select(name);
        session.home().activate(name);
        session.call().println("Profile '" + name + "' set as active profile.");
    }

    private static void delete(Session session, List<String> words) {
        String name = words.size() < 2 ? "" : words.get(1);
        if (name.equals(Home.DEFAULT_PROFILE)) {
            throw ExitException.failure("Default profile 'minishift' can not be deleted");
        }
        if (!session.home().hasProfile(name)) {
            throw ExitException.failure("Error: '" + name + "' is not a valid profile");
        }
        Session one = session.select(name);
        one.cluster().stop();
        one.vm().delete();
        try {
            Home.deleteTree(one.home().folder());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        session.call().println("Profile '" + name + "' deleted successfully");
        if (name.equals(session.home().activeProfile())) {
            session.home().activate(Home.DEFAULT_PROFILE);
            session.call().println("Switching to default profile 'minishift' as the active profile.");
        }
    }
}
