package io.github.cdkmaven.crc.objects;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * A change of one object of the cluster.
 *
 * @param object the object as {@code oc} calls it
 * @param what what becomes of it, in words without a secret or a certificate
 * @param path where it is created, or merged into
 * @param create whether there is none yet
 * @param body the object, or what is merged into it
 */
public record ObjectChange(String object, String what, String path, boolean create, JsonNode body) {

    /** Never the body, which may hold a login. */
    @Override
    public String toString() {
        return object + ": " + what;
    }
}
