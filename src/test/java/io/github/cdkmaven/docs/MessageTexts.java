package io.github.cdkmaven.docs;

import com.sun.source.tree.BinaryTree;
import com.sun.source.tree.LiteralTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreeScanner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/** The texts of the plugin's sources, each as a whole: a concatenation is one text, with an ellipsis where a value is put in. */
final class MessageTexts {

    /** How the pages, and this class, write a value that differs from one message to the next. */
    private static final String VALUE = "…";

    private static final Pattern PLACE = Pattern.compile("%[sd]|" + VALUE);

    /** What is shorter says too little to tell one message from another. */
    private static final int LEAST = 12;

    private final List<String> texts = new ArrayList<>();

    private MessageTexts() {}

    /** Those of all sources below a folder. */
    static MessageTexts of(Path sources) throws IOException {
        MessageTexts all = new MessageTexts();
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        try (Stream<Path> files = Files.walk(sources);
                StandardJavaFileManager manager = compiler.getStandardFileManager(null, null, null)) {
            List<Path> java =
                    files.filter(path -> path.toString().endsWith(".java")).toList();
            JavacTask task = (JavacTask)
                    compiler.getTask(null, manager, null, null, null, manager.getJavaFileObjectsFromPaths(java));
            all.new Concatenations().scan(task.parse(), "");
        }
        return all;
    }

    /** Collects each concatenation as one text. */
    private final class Concatenations extends TreeScanner<Void, String> {

        @Override
        public Void visitBinary(BinaryTree tree, String nothing) {
            if (tree.getKind() != Tree.Kind.PLUS) {
                return super.visitBinary(tree, nothing);
            }
            texts.add(text(tree));
            scanParts(tree);
            return null;
        }

        /** A part may be a condition that holds texts of its own; the parts that are texts count with the others alone. */
        private void scanParts(Tree tree) {
            if (tree instanceof BinaryTree both && tree.getKind() == Tree.Kind.PLUS) {
                scanParts(both.getLeftOperand());
                scanParts(both.getRightOperand());
            } else if (!(tree instanceof LiteralTree)) {
                scan(tree, "");
            }
        }

        @Override
        public Void visitLiteral(LiteralTree tree, String nothing) {
            texts.add(text(tree));
            return super.visitLiteral(tree, nothing);
        }

        private String text(Tree tree) {
            if (tree instanceof BinaryTree both && tree.getKind() == Tree.Kind.PLUS) {
                return text(both.getLeftOperand()) + text(both.getRightOperand());
            }
            return tree instanceof LiteralTree literal ? String.valueOf(literal.getValue()) : VALUE;
        }
    }

    /** Whether one of the texts is a message or has it in it; either may have a value where the other has a placeholder. */
    boolean has(String message) {
        Pattern wanted = pattern(message);
        return texts.stream()
                .filter(text -> PLACE.matcher(text).replaceAll("").length() >= LEAST)
                .anyMatch(text -> wanted.matcher(text).find()
                        || pattern(text).matcher(message).matches());
    }

    private static Pattern pattern(String text) {
        return Pattern.compile(
                Stream.of(PLACE.split(text, -1)).map(Pattern::quote).collect(Collectors.joining(".*")), Pattern.DOTALL);
    }
}
