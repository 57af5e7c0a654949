/** Observes, asks the engine, records, acts. The only module that sees JOSDK and fabric8. */
@NullMarked
package dev.lambdarollouts.controllers;

import org.jspecify.annotations.NullMarked;
