/**
 * Decides. Plain Java: no clock, no I/O, no Kubernetes, no AWS. Whatever depends on a rollout's
 * facts is a rule here.
 */
@NullMarked
package dev.lambdarollouts.engine;

import org.jspecify.annotations.NullMarked;
