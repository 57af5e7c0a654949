/** The AWS SDK behind the engine's ports. The only module that sees the SDK. */
@NullMarked
package dev.lambdarollouts.aws;

import org.jspecify.annotations.NullMarked;
