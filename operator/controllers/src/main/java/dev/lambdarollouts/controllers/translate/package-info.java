/**
 * Between the custom resources and the engine, both ways: what a stage asks for, and what is
 * remembered of it. No call, no clock, no Kubernetes client; ConfigMaps and Secrets come in through
 * {@link dev.lambdarollouts.controllers.translate.ConfigSource}. The same input gives the same
 * result: a bounded memory of what was translated lately ({@code Lately}) only saves work.
 *
 * <p>Nothing that a user wrote is dropped here: it is translated, or refused by name.
 */
@NullMarked
package dev.lambdarollouts.controllers.translate;

import org.jspecify.annotations.NullMarked;
