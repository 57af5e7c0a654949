/**
 * Observes, asks the engine, records, acts. The only module that sees JOSDK, apart from the app
 * that starts it; of fabric8 it uses the client, crds the annotations.
 */
@NullMarked
package dev.lambdarollouts.controllers;

import org.jspecify.annotations.NullMarked;
