package io.github.cdkmaven.sim.cluster.image;

import io.github.cdkmaven.sim.cluster.api.ApiException;
import java.util.List;
import java.util.Optional;

/**
 * What came of importing a whole repository.
 *
 * @param tags the tags that were looked up
 * @param additional the tags beyond the server's limit
 * @param failure why the repository's tags could not be listed, where they could not
 */
public record ImportedRepository(List<ImportedTag> tags, List<String> additional, Optional<ApiException> failure) {}
