package dev.lambdarollouts.simulator.keep;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.TreeMap;

/** Contents that stand beside the JSON, each once: packages and objects, named by their SHA-256. */
public final class Blobs {
  private final Map<String, byte[]> byName = new TreeMap<>();
  private final IdentityHashMap<byte[], String> names = new IdentityHashMap<>();
  private final IdentityHashMap<byte[], String> namesBefore;

  public Blobs() {
    this.namesBefore = new IdentityHashMap<>();
  }

  /** Contents that mostly are the same arrays as before: those are not digested again. */
  Blobs(Blobs before) {
    this.namesBefore = before.names;
  }

  /** The name under which {@link #get} gives it again. */
  public String add(byte[] content) {
    String known = namesBefore.get(content);
    String name = known == null ? name(content) : known;
    names.put(content, name);
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
