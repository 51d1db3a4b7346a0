package io.github.cdkmaven.registry;

import java.io.IOException;

/** A manifest or a blob could not be fetched. Its message is {@link ManifestAnswer#words()}. */
public class RegistryException extends IOException {

    private static final long serialVersionUID = 1L;

    private final transient ManifestAnswer answer;

    public RegistryException(ManifestAnswer answer) {
        super(answer.words());
        this.answer = answer;
    }

    public RegistryException(ManifestAnswer answer, Throwable cause) {
        super(answer.words(), cause);
        this.answer = answer;
    }

    /** Why. */
    public ManifestAnswer answer() {
        return answer;
    }

    /** The failure, where the answer is one; else an odd answer where none was possible. */
    RegistryFailure failure() {
        return answer instanceof RegistryFailure failure ? failure : new RegistryFailure.Broken(0, answer.words());
    }
}
