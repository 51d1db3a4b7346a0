package io.github.cdkmaven.registry;

/** How a registry asks who we are. */
public enum AuthScheme {
    /** Not at all. */
    NONE,
    /** By user and password with each request. */
    BASIC,
    /** By a token that another server hands out. */
    BEARER,
    /** In a way that this client does not know. */
    OTHER
}
