/** {@code LambdaFunction}: what runs. Its configuration is also what a stage may override. */
@NullMarked
package dev.lambdarollouts.crds.function;

import org.jspecify.annotations.NullMarked;
