package io.github.cdkmaven;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Inputs on which earlier versions failed, which may lie beside the project: read in place where they are there, and never needed. */
public final class Cases {

    private static final Path FOLDER = Path.of("..", "shared", "cases");

    private Cases() {}

    /** For {@code @EnabledIf}. */
    public static boolean present() {
        return Files.isDirectory(FOLDER);
    }

    /** One of them, such as {@code kubeconfig/kc-path.json}. */
    public static String read(String name) {
        try {
            return Files.readString(FOLDER.resolve(name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
