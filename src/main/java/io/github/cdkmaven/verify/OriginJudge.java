package io.github.cdkmaven.verify;

/** Decides where an image came from. */
@FunctionalInterface
interface OriginJudge {

    /** The verdict on one image. */
    OriginVerdict judge(ImageOrigin evidence);
}
