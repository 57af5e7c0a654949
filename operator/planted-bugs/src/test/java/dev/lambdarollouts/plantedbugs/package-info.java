/**
 * Bugs planted on purpose, one at a time, to see that the tests of this repository bite. A bug is a
 * file in {@code bugs}: what it is, the source file, the text that is replaced and by what. It is
 * compiled beside the shipped classes and put before them on the class path of a process that runs
 * the tests; nothing of it is ever shipped. Who comes in here: what plants, runs and tells. A new
 * bug needs no code, only a file.
 */
@NullMarked
package dev.lambdarollouts.plantedbugs;

import org.jspecify.annotations.NullMarked;
