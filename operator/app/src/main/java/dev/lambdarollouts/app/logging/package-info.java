/**
 * How the process writes its log: JSON for machines, text for people. Set up by main alone, so that
 * who embeds the operator keeps a log of their own.
 */
@NullMarked
package dev.lambdarollouts.app.logging;

import org.jspecify.annotations.NullMarked;
