package io.github.cdkmaven.sim.minishift;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A small, honest part of the shell's language: lists, pipelines, redirections, assignments, {@code $(…)}, {@code ( … )},
 * {@code { …; }} and {@code if}. What it does not know is refused and never taken for something else.
 */
final class ShellScript {

    /** A line that the real shell may understand, and this one does not. */
    static final class SyntaxException extends Exception {
        private static final long serialVersionUID = 1L;

        SyntaxException(String what) {
            super(what);
        }
    }

    /** Anything that can be run. */
    sealed interface Node {}

    /** Commands one after the other, each under the condition that its joint makes: {@code ;}, {@code &&}, {@code ||}. */
    record Sequence(List<String> joints, List<Node> nodes) implements Node {}

    /** Commands of which each reads what the one before it wrote. */
    record Pipeline(boolean negated, List<Node> stages) implements Node {}

    /** {@code if a; then b; else c; fi}. */
    record Choice(Node condition, Node then, Optional<Node> otherwise) implements Node {}

    /** A list in parentheses or braces, with the redirections behind it. */
    record Group(Node body, boolean subshell, List<Redirection> redirections) implements Node {}

    /** A program with its arguments; words are as written, still with their quotes. */
    record Simple(List<Word> words, List<Redirection> redirections) implements Node {}

    /**
     * A word as written.
     *
     * @param substitutions the scripts that stand in it as <code>${sub:N}</code>
     */
    record Word(String text, List<Node> substitutions, boolean pattern) {}

    /** {@code >}, {@code >>}, {@code <}, {@code 2>}, {@code 2>>} with a file, or {@code 2>&1}, {@code >&2} without. */
    record Redirection(String operator, Optional<Word> file) {}

    private static final List<String> OPERATORS =
            List.of("2>&1", ">&2", "1>&2", "2>>", "2>", ">>", "&&", "||", "<<", ">", "<", ";", "\n", "|", "(", ")", "&");
    private static final List<String> UNKNOWN = List.of("for", "while", "until", "case", "function", "select");

    private final String line;
    private int position;

    private ShellScript(String line) {
        this.line = line;
    }

    static Node parse(String line) throws SyntaxException {
        ShellScript script = new ShellScript(line);
        Node node = script.sequence();
        if (!script.peek().isEmpty()) {
            throw new SyntaxException("syntax error near unexpected token `" + script.peek().strip() + "'");
        }
        return node;
    }

    private Node sequence() throws SyntaxException {
        List<String> joints = new ArrayList<>();
        List<Node> nodes = new ArrayList<>();
        String joint = ";";
        while (true) {
            skipNewlines();
            String next = peek();
            if (next.isEmpty() || next.equals(")") || List.of("}", "then", "else", "elif", "fi").contains(nextWord())) {
                break;
            }
            joints.add(joint);
            nodes.add(pipeline());
            joint = take();
            if (joint.equals("\n")) {
                joint = ";";
            }
            if (!List.of(";", "&&", "||").contains(joint)) {
                position -= joint.length();
                if (joint.equals("&") || joint.equals("<<")) {
                    throw new SyntaxException("the simulated shell does not know '" + joint + "'");
                }
                break;
            }
        }
        return new Sequence(List.copyOf(joints), List.copyOf(nodes));
    }

    private Node pipeline() throws SyntaxException {
        boolean negated = takeWord("!");
        List<Node> stages = new ArrayList<>();
        stages.add(command());
        while (peek().equals("|")) {
            take();
            skipNewlines();
            stages.add(command());
        }
        return new Pipeline(negated, List.copyOf(stages));
    }

    private Node command() throws SyntaxException {
        if (UNKNOWN.contains(nextWord())) {
            throw new SyntaxException("the simulated shell does not know '" + nextWord() + "'");
        }
        if (peek().equals("(")) {
            take();
            Node body = sequence();
            require(peek().equals(")"), ")");
            take();
            return new Group(body, true, redirections());
        }
        if (takeWord("{")) {
            Node body = sequence();
            require(takeWord("}"), "}");
            return new Group(body, false, redirections());
        }
        return takeWord("if") ? choice() : simple();
    }

    private Node choice() throws SyntaxException {
        Node condition = sequence();
        require(takeWord("then"), "then");
        Node then = sequence();
        if (takeWord("elif")) {
            return new Choice(condition, then, Optional.of(choice()));
        }
        Optional<Node> otherwise = takeWord("else") ? Optional.of(sequence()) : Optional.empty();
        require(takeWord("fi"), "fi");
        return new Choice(condition, then, otherwise);
    }

    private static void require(boolean there, String what) throws SyntaxException {
        if (!there) {
            throw new SyntaxException("syntax error: `" + what + "' expected");
        }
    }

    private Node simple() throws SyntaxException {
        List<Word> words = new ArrayList<>();
        List<Redirection> redirections = new ArrayList<>();
        while (true) {
            redirections.addAll(redirections());
            String next = peek();
            if (!next.equals("word")) {
                break;
            }
            words.add(word());
        }
        require(!words.isEmpty() || !redirections.isEmpty(), "a command");
        return new Simple(List.copyOf(words), List.copyOf(redirections));
    }

    private List<Redirection> redirections() throws SyntaxException {
        List<Redirection> found = new ArrayList<>();
        while (List.of("2>&1", ">&2", "1>&2", "2>>", "2>", ">>", ">", "<").contains(peek())) {
            String operator = take();
            boolean toAnother = operator.contains(">&");
            require(toAnother || peek().equals("word"), "a file");
            found.add(new Redirection(operator, toAnother ? Optional.empty() : Optional.of(word())));
        }
        return found;
    }

    private void skipNewlines() {
        blanks();
        while (position < line.length() && line.charAt(position) == '\n') {
            position++;
            blanks();
        }
    }

    private void blanks() {
        while (position < line.length() && " \t\r".indexOf(line.charAt(position)) >= 0) {
            position++;
        }
    }

    /** The operator that comes next, {@code word} for a word, nothing at the end. */
    private String peek() {
        blanks();
        if (position == line.length()) {
            return "";
        }
        return OPERATORS.stream()
                .filter(operator -> line.startsWith(operator, position))
                .findFirst()
                .orElse("word");
    }

    private String take() {
        String next = peek();
        position += next.equals("word") ? 0 : next.length();
        return next;
    }

    /** The plain word that comes next, as far as it could be one of the language. */
    private String nextWord() {
        blanks();
        int end = position;
        while (end < line.length() && " \t\r\n;|&()<>".indexOf(line.charAt(end)) < 0) {
            end++;
        }
        return line.substring(position, end);
    }

    private boolean takeWord(String wanted) {
        boolean there = nextWord().equals(wanted);
        position += there ? wanted.length() : 0;
        return there;
    }

    private Word word() throws SyntaxException {
        StringBuilder text = new StringBuilder();
        List<Node> substitutions = new ArrayList<>();
        boolean pattern = false;
        char quote = 0;
        while (position < line.length()) {
            char next = line.charAt(position);
            if (quote == 0 && " \t\r\n;|&()<>".indexOf(next) >= 0) {
                break;
            }
            if (next == '\\' && quote != '\'') {
                text.append(next);
                position++;
                require(position < line.length(), "a character");
                text.append(line.charAt(position++));
                continue;
            }
            if (next == '`' && quote != '\'') {
                throw new SyntaxException("the simulated shell does not know '`'");
            }
            if (quote != '\'' && line.startsWith("$(", position)) {
                position += 2;
                substitutions.add(sequence());
                require(peek().equals(")"), ")");
                take();
                text.append("${sub:").append(substitutions.size() - 1).append('}');
                continue;
            }
            if (quote == 0 && (next == '\'' || next == '"')) {
                quote = next;
            } else if (next == quote) {
                quote = 0;
            }
            boolean afterDollar = position > 0 && line.charAt(position - 1) == '$';
            pattern |= quote == 0 && (next == '*' || next == '?' && !afterDollar);
            text.append(next);
            position++;
        }
        require(quote == 0, String.valueOf(quote));
        return new Word(text.toString(), List.copyOf(substitutions), pattern);
    }
}
