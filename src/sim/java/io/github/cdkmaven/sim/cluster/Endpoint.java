package io.github.cdkmaven.sim.cluster;

/** Answers the requests for one resource of the API. The user's rights are checked already. */
@FunctionalInterface
interface Endpoint {

    ApiResponse handle(ApiRequest request, ResourcePath path);
}
