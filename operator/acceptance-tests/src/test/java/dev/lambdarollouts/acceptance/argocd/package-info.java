/**
 * Argo CD without Argo CD: its Lua run as it runs it, over hand-made objects and over those that
 * stories leave on the real API server, and what its syncs send. Only what is in {@code
 * helm/lambda-rollouts/argo-cd} is tested here.
 */
@NullMarked
package dev.lambdarollouts.acceptance.argocd;

import org.jspecify.annotations.NullMarked;
