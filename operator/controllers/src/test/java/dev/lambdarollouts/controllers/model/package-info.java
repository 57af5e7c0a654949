/**
 * A world in one thread for tests of the loop, here and in {@code reliability-tests}, which gets
 * this package alone as a jar: a cluster, an AWS and a time that are models, small but honest where
 * it matters (optimistic locking, RevisionIds, settling states, polled alarms). Whatever crosses a
 * border passes an {@link dev.lambdarollouts.controllers.model.Interference}, which may fail it
 * before or after its effect, or end the process there.
 */
@NullMarked
package dev.lambdarollouts.controllers.model;

import org.jspecify.annotations.NullMarked;
