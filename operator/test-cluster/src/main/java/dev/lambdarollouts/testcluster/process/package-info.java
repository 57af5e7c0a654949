/**
 * Child processes that end with this JVM, however it ends. Only what starts, watches and stops a
 * process may enter; what the process is for stays outside.
 */
@NullMarked
package dev.lambdarollouts.testcluster.process;

import org.jspecify.annotations.NullMarked;
