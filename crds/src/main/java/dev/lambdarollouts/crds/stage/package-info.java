/** {@code LambdaStage}: where a function runs, and what guards it there. */
@NullMarked
package dev.lambdarollouts.crds.stage;

import org.jspecify.annotations.NullMarked;
