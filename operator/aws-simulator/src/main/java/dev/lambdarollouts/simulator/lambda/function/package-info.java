/**
 * What Lambda keeps of a function: code, settings, versions, aliases, policies, and the errors and
 * references that all operations share. No operation of the API and no running of code belongs
 * here.
 */
@NullMarked
package dev.lambdarollouts.simulator.lambda.function;

import org.jspecify.annotations.NullMarked;
