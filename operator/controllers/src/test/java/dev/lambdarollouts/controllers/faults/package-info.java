/**
 * Every story told again under every fault, enumerated rather than drawn by lot: a plan is a plot,
 * a fault and the call at which it begins, has a text, and runs again from that text. Here belongs
 * what makes plans, what runs them, and what must hold whatever the plan; what the operator is to
 * do in one situation is told in {@code loop}.
 */
@NullMarked
package dev.lambdarollouts.controllers.faults;

import org.jspecify.annotations.NullMarked;
