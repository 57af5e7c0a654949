/**
 * Amazon CloudWatch Logs: groups, streams, events and what may be asked of them, over AWS JSON 1.1.
 */
@NullMarked
package dev.lambdarollouts.simulator.logs;

import org.jspecify.annotations.NullMarked;
