/**
 * What people and tools are told: a rollout's status, its conditions, its Events, made from what
 * was decided. Pure: nothing is decided here, and nothing is written.
 */
@NullMarked
package dev.lambdarollouts.controllers.report;

import org.jspecify.annotations.NullMarked;
