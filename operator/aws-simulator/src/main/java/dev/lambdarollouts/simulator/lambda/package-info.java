/**
 * AWS Lambda: functions, versions, aliases, permissions, tags and invocations, as the service
 * behaves and words its errors.
 */
@NullMarked
package dev.lambdarollouts.simulator.lambda;

import org.jspecify.annotations.NullMarked;
