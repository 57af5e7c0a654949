/**
 * The cluster in earnest: JOSDK's reconcilers as thin shells around the loop, its informers as the
 * loop's view, the fabric8 client as its pen. Which event wakes which rollout is said here; what
 * then happens is not.
 */
@NullMarked
package dev.lambdarollouts.controllers.kubernetes;

import org.jspecify.annotations.NullMarked;
