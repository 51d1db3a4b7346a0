/** The images that a CDK needs: the catalogue of each OpenShift, and minishift's image cache, filled from the company's registry. */
@NullMarked
package io.github.cdkmaven.minishift.images;

import org.jspecify.annotations.NullMarked;
