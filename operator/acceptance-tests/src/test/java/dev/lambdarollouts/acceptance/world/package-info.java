/**
 * What the acceptance stories stand on: a real kube-apiserver, a simulated AWS and one operator,
 * all on a clock that only moves when a story moves it.
 */
package dev.lambdarollouts.acceptance.world;
