package dev.lambdarollouts.simulator.s3;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Locale;
import java.util.zip.CRC32;
import java.util.zip.CRC32C;
import java.util.zip.Checksum;
import org.jspecify.annotations.Nullable;

/** The checksums of S3 that this simulator computes. */
enum ChecksumAlgorithm {
  CRC32,
  CRC32C,
  CRC64NVME,
  SHA1,
  SHA256;

  /** Null for a name that is not known here. */
  static @Nullable ChecksumAlgorithm named(String name) {
    for (ChecksumAlgorithm algorithm : values()) {
      if (algorithm.name().equalsIgnoreCase(name)) {
        return algorithm;
      }
    }
    return null;
  }

  /** The header that carries its value. */
  String header() {
    return "x-amz-checksum-" + name().toLowerCase(Locale.ROOT);
  }

  /** The element that carries its value. */
  String element() {
    return "Checksum" + name();
  }

  /** The value as S3 writes it, base64. */
  String of(byte[] body) {
    return Base64.getEncoder().encodeToString(raw(body));
  }

  /** The checksum over the checksums of parts. */
  String ofParts(Iterable<String> parts, int count) {
    ByteBuffer all = ByteBuffer.allocate(count * 32);
    parts.forEach(part -> all.put(Base64.getDecoder().decode(part)));
    byte[] joined = new byte[all.position()];
    all.flip().get(joined);
    return of(joined) + "-" + count;
  }

  private byte[] raw(byte[] body) {
    return switch (this) {
      case CRC32 -> fourBytes(new CRC32(), body);
      case CRC32C -> fourBytes(new CRC32C(), body);
      case CRC64NVME -> {
        Checksum checksum = new Crc64Nvme();
        checksum.update(body, 0, body.length);
        yield ByteBuffer.allocate(Long.BYTES).putLong(checksum.getValue()).array();
      }
      case SHA1 -> digest("SHA-1", body);
      case SHA256 -> digest("SHA-256", body);
    };
  }

  private static byte[] fourBytes(Checksum checksum, byte[] body) {
    checksum.update(body, 0, body.length);
    return ByteBuffer.allocate(Integer.BYTES).putInt((int) checksum.getValue()).array();
  }

  static byte[] digest(String algorithm, byte[] body) {
    try {
      return MessageDigest.getInstance(algorithm).digest(body);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every JDK has " + algorithm, e);
    }
  }
}
