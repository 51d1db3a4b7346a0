package io.github.cdkmaven.mirror;

import io.github.cdkmaven.problem.Problem;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The images of the ImageStreams that an OpenShift 4 has by default, known without a cluster: the samples operator brings the same ones to every
 * cluster of a minor version (openshift/cluster-samples-operator, {@code assets/operator/ocp-x86_64} of its release branches).
 */
public final class SampleImages {

    private static final String TABLE = "openshift-4-samples.tsv";
    private static final int FIRST = 10;
    private static final int LAST = 22;
    private static final int COLUMNS = 5;

    private static final Pattern VERSION = Pattern.compile("v?(\\d{1,3})(?:\\.(\\d{1,4}))?(?:[.+-].*)?");

    private SampleImages() {}

    /** Whether a version is of OpenShift 4 or newer, so that {@link #of} has to know its images. */
    public static boolean isFor(String openshift) {
        Matcher version = VERSION.matcher(openshift.strip());
        return version.matches() && Integer.parseInt(version.group(1)) >= 4;
    }

    /**
     * One image for each tag that imports one.
     *
     * @param openshift such as {@code 4.19} or {@code v4.19.7}; only the minor version counts
     * @throws io.github.cdkmaven.problem.ProblemException if the images of this OpenShift are not known
     */
    public static List<NeededImage> of(String openshift) {
        int minor = minor(openshift);
        try (InputStream file = SampleImages.class.getResourceAsStream(TABLE)) {
            if (file == null) {
                throw new IllegalStateException("there is no " + TABLE);
            }
            return new BufferedReader(new InputStreamReader(file, StandardCharsets.UTF_8))
                    .lines()
                    .filter(line -> !line.startsWith("#"))
                    .map(SampleImages::row)
                    .filter(row -> Integer.parseInt(row.get(3)) <= minor && minor <= Integer.parseInt(row.get(4)))
                    .map(row -> NeededImage.required(row.get(2), new Purpose.Stream(row.get(0), row.get(1))))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static int minor(String openshift) {
        Matcher version = VERSION.matcher(openshift.strip());
        if (version.matches() && version.group(1).equals("4") && version.group(2) != null) {
            int minor = Integer.parseInt(version.group(2));
            if (minor >= FIRST && minor <= LAST) {
                return minor;
            }
        }
        throw Problem.of(
                        "The images of OpenShift " + openshift.strip()
                                + " are not in the catalogue, which knows OpenShift 4." + FIRST + " to 4." + LAST + ".",
                        "<openshiftVersion> (-Dcdk.openshiftVersion=…) from 4." + FIRST + " to 4." + LAST
                                + ", or take the images from a running cluster: -Dcdk.imagesSource=cluster"
                                + " -Dcdk.kubeconfig=…")
                .toException();
    }

    private static List<String> row(String line) {
        List<String> values = List.of(line.split("\t", -1));
        if (values.size() != COLUMNS) {
            throw new IllegalStateException(TABLE + " has a row without " + COLUMNS + " values: " + line);
        }
        return values;
    }
}
