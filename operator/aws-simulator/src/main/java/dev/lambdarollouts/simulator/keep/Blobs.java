package dev.lambdarollouts.simulator.keep;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;

/** Contents that stand beside the JSON, each once: packages and objects, named by their SHA-256. */
public final class Blobs {
  private final Map<String, byte[]> byName = new TreeMap<>();

  /** The name under which {@link #get} gives it again. */
  public String add(byte[] content) {
    String name = name(content);
    byName.putIfAbsent(name, content);
    return name;
  }

  /**
   * The content of that name.
   *
   * @throws IllegalArgumentException when there is none
   */
  public byte[] get(String name) {
    byte[] content = byName.get(name);
    if (content == null) {
      throw new IllegalArgumentException("The content " + name + " is missing");
    }
    return content;
  }

  Map<String, byte[]> all() {
    return byName;
  }

  static String name(byte[] content) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every JDK has SHA-256", e);
    }
  }
}
