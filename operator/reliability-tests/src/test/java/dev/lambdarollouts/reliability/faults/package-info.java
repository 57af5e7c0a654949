/**
 * Every story told again under every fault, enumerated rather than drawn by lot: a plan ({@code
 * FaultPlan}) is a story ({@code Plot}), a fault ({@code Fault}, or several {@code Together}) and
 * the call at which it begins ({@code Point}); it has a text, and runs again from that text. It is
 * told by a {@code Telling}; the oracles are {@code Witness}, {@code WeightRules} and {@code
 * AlarmWatch} on the way, and at the end a {@code Promise} about the {@code Ending}. Here belongs
 * what makes plans, what runs them, and what must hold whatever the plan; what the operator is to
 * do in one situation is told in the tests of {@code controllers}, package {@code loop}.
 */
@NullMarked
package dev.lambdarollouts.reliability.faults;

import org.jspecify.annotations.NullMarked;
