package io.github.cdkmaven.sim.cluster;

import java.time.Instant;

/**
 * A request that the cluster answered.
 *
 * @param at when it was answered
 * @param method the HTTP method
 * @param path the path, without the query, and without what the server's address has before it
 * @param query the query as sent; empty where there is none
 * @param body the body as sent
 * @param status the HTTP status
 * @param user who asked; {@code system:anonymous} for nobody
 * @param changing whether it was one that stores something when it succeeds
 * @param caller who asked, and how
 */
public record JournalEntry(
        Instant at, String method, String path, String query, String body, int status, String user, boolean changing, Caller caller) {}
