/** AWS STS: who am I, and roles to assume. */
@NullMarked
package dev.lambdarollouts.simulator.sts;

import org.jspecify.annotations.NullMarked;
