/** The loop's behaviour, told as stories in the model of a world. */
@NullMarked
package dev.lambdarollouts.controllers.loop;

import org.jspecify.annotations.NullMarked;
