/**
 * What the person who installs the operator may choose: one table of settings, read from a YAML
 * file and the environment, and either a complete configuration or every problem at once. Nothing
 * enters here that a custom resource decides.
 */
@NullMarked
package dev.lambdarollouts.app.configuration;

import org.jspecify.annotations.NullMarked;
