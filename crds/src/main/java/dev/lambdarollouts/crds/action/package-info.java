/** {@code RolloutAction}: one command or approval by a person. */
@NullMarked
package dev.lambdarollouts.crds.action;

import org.jspecify.annotations.NullMarked;
