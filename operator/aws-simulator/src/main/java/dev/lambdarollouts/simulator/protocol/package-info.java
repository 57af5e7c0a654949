/**
 * How AWS' APIs look on the wire: REST-JSON, Smithy RPC v2 CBOR, AWS JSON 1.0, query/XML and S3's
 * REST-XML, as trees in and trees out. Knows no service and no state; what an operation means stays
 * outside.
 */
@NullMarked
package dev.lambdarollouts.simulator.protocol;

import org.jspecify.annotations.NullMarked;
