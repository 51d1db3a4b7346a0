package io.github.cdkmaven.crc;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.cdkmaven.engine.Version;
import io.github.cdkmaven.problem.Problem;
import java.util.Optional;

/**
 * Which crc this is, and what it brings.
 *
 * @param crc its version
 * @param openshift the OpenShift of its own bundle, without a {@code v}; empty where it does not tell one
 * @param microshift the MicroShift of its own bundle; told from 2.40 on
 */
record CrcVersion(Version crc, String openshift, String microshift) {

    /**
     * Reads what {@code crc version -o json} printed.
     *
     * @throws io.github.cdkmaven.problem.ProblemException if there is no version in it
     */
    static CrcVersion of(JsonNode answer) {
        Optional<Version> version = Version.parse(answer.path("version").asText(""));
        return new CrcVersion(
                version.orElseThrow(() -> Problem.of(
                                "The program that <crc> (-Dcdk.crc) names did not print a version of crc.",
                                "check that it is OpenShift Local: 'crc version' prints its version and OpenShift's")
                        .toException()),
                answer.path("openshiftVersion").asText(""),
                answer.path("microshiftVersion").asText(""));
    }

    @Override
    public String toString() {
        return "OpenShift Local (crc " + crc + ")";
    }
}
