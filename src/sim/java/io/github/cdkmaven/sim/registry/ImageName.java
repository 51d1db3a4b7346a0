package io.github.cdkmaven.sim.registry;

/** Repository and tag (or digest) of a name without a host. */
record ImageName(String repository, String tag) {

    static ImageName parse(String name) {
        int digest = name.indexOf('@');
        if (digest > 0) {
            return new ImageName(name.substring(0, digest), name.substring(digest + 1));
        }
        int colon = name.lastIndexOf(':');
        return colon > name.lastIndexOf('/')
                ? new ImageName(name.substring(0, colon), name.substring(colon + 1))
                : new ImageName(name, "latest");
    }
}
