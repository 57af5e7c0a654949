/**
 * An AWS that runs in a JVM: real wire protocols, simulated time and traffic. Built from what AWS
 * does, never from what our gateway expects; depends on nothing of ours.
 */
@NullMarked
package dev.lambdarollouts.simulator;

import org.jspecify.annotations.NullMarked;
