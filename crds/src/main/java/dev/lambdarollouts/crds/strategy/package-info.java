/**
 * {@code RolloutStrategy}: how traffic moves. The same fields stand inline in a {@code
 * LambdaRollout}, so nothing here may have a schema default: client-side diffs would see it in a
 * list item.
 */
@NullMarked
package dev.lambdarollouts.crds.strategy;

import org.jspecify.annotations.NullMarked;
