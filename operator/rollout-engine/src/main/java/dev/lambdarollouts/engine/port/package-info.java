/**
 * What the engine's decisions need of the outer world, as interfaces in plain types; the AWS
 * gateway implements them. No rule calls a port: the controllers observe through them before a
 * decision and act through them after it.
 */
@NullMarked
package dev.lambdarollouts.engine.port;

import org.jspecify.annotations.NullMarked;
