package dev.lambdarollouts.controllers.translate;

/** A value, and where the user wrote it. */
record Sourced<T>(T value, FieldPath at) {}
