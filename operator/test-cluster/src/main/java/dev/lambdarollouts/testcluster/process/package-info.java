/**
 * Child processes, and folders, that do not stay behind. Only what starts, watches, stops and
 * clears away may enter; what a process is for stays outside.
 */
@NullMarked
package dev.lambdarollouts.testcluster.process;

import org.jspecify.annotations.NullMarked;
