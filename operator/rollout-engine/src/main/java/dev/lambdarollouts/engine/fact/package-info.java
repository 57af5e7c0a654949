/**
 * What one decision is taken on, gathered by others and only read here: what was seen of one stage
 * at one moment, and what people want of it ({@code DesiredRelease}, {@code Policies}, {@code
 * ApprovalPolicy}, {@code SideSettings}, {@code OpenAction}). No fact is ever guessed: what could
 * not be read is a value that says so.
 */
@NullMarked
package dev.lambdarollouts.engine.fact;

import org.jspecify.annotations.NullMarked;
