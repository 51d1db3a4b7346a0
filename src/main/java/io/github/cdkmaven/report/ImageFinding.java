package io.github.cdkmaven.report;

import java.util.Optional;

/**
 * One image that runs or lies in store, and where it came from.
 *
 * @param location where it was seen, such as {@code pod default/router-1-x/router} or {@code vm}
 * @param image its name or digest
 * @param verdict where it came from
 * @param detail how that is known, or what would have prevented it; on the page and the console only
 */
public record ImageFinding(String location, String image, Verdict verdict, Optional<String> detail) {

    /** A finding that needs no further word. */
    public static ImageFinding of(String location, String image, Verdict verdict) {
        return new ImageFinding(location, image, verdict, Optional.empty());
    }

    /** One line that names the place, the image and the reason. */
    public String toLine() {
        return location + ": " + image + detail.map(why -> ": " + why).orElse("");
    }

    /** Where it was seen, in words. */
    String place() {
        return location.equals("vm") ? "the VM's store" : location;
    }

    /** The same finding with a further word. */
    public ImageFinding because(String why) {
        return new ImageFinding(location, image, verdict, Optional.of(why));
    }
}
