/**
 * {@code LambdaRollout}: takes one function through ordered stages; its status is what {@code
 * kubectl get lro} shows.
 */
@NullMarked
package dev.lambdarollouts.crds.rollout;

import org.jspecify.annotations.NullMarked;
