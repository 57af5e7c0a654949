/**
 * The time sources of a process: the system's, one that runs faster, and one that only moves when
 * it is told to. All three stand here, in what ships, and not in a test jar, because the demo runs
 * on the second, and acceptance tests and benchmarks of other modules on the third; the operator's
 * own main uses the first only. Nothing else in the process asks what time it is.
 */
@NullMarked
package dev.lambdarollouts.app.time;

import org.jspecify.annotations.NullMarked;
