/**
 * Gathers the facts that one decision about one stage is taken on. What AWS answered is kept from
 * pass to pass in a {@link dev.lambdarollouts.controllers.observe.StageSight}, so that nothing is
 * asked twice; it may be lost at any moment, and is then looked up again. Only reads enter here.
 */
@NullMarked
package dev.lambdarollouts.controllers.observe;

import org.jspecify.annotations.NullMarked;
