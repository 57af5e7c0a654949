/**
 * Every reachable state of one stage on a tiny model of AWS and the clock, breadth first, with the
 * invariants held against every edge. No NullMarked: the model writes down absence as null.
 */
package dev.lambdarollouts.reliability.explore;
