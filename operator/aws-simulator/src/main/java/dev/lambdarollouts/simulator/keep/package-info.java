/**
 * State that outlives the process: what a part has to give for it, and the file that all parts are
 * kept in. Knows nothing of what the parts are.
 */
@NullMarked
package dev.lambdarollouts.simulator.keep;

import org.jspecify.annotations.NullMarked;
