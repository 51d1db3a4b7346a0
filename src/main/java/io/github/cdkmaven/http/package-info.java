/** What every HTTP client of the plugin holds its servers to: how long an answer may be, how long it may take, and how long nothing may arrive. */
@NullMarked
package io.github.cdkmaven.http;

import org.jspecify.annotations.NullMarked;
