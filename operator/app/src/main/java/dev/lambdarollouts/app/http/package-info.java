/**
 * What the process answers over HTTP: whether it lives, whether it is ready, and its metrics. The
 * JDK's own server; nothing here changes anything, and no custom resource is shown.
 */
@NullMarked
package dev.lambdarollouts.app.http;

import org.jspecify.annotations.NullMarked;
