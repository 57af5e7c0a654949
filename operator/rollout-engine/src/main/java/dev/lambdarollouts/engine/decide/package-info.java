/** What to do next: the ordered rules, each a small class that can say why it decided. */
@NullMarked
package dev.lambdarollouts.engine.decide;

import org.jspecify.annotations.NullMarked;
