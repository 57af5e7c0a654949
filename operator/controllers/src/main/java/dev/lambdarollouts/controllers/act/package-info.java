/**
 * Carries decisions out. The only room from which anything in AWS is changed, one mutation for one
 * decision, and only after the decision was recorded.
 */
@NullMarked
package dev.lambdarollouts.controllers.act;

import org.jspecify.annotations.NullMarked;
