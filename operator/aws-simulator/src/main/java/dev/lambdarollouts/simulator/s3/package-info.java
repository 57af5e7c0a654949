/** Amazon S3, as much of it as a bucket for code needs. */
@NullMarked
package dev.lambdarollouts.simulator.s3;

import org.jspecify.annotations.NullMarked;
