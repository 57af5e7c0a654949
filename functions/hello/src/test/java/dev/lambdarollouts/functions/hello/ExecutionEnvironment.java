package dev.lambdarollouts.functions.hello;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/** Loads classes as Lambda does: from the root of the zip, then from its {@code lib/*.jar}. */
final class ExecutionEnvironment extends ClassLoader {

  private final Map<String, byte[]> root = new HashMap<>();
  private final Map<String, byte[]> lib = new HashMap<>();

  ExecutionEnvironment(Path zip, ClassLoader parent) throws IOException {
    super(parent);
    try (ZipInputStream entries = new ZipInputStream(Files.newInputStream(zip))) {
      for (ZipEntry entry; (entry = entries.getNextEntry()) != null; ) {
        if (entry.getName().matches("lib/[^/]+\\.jar")) {
          readAll(new ZipInputStream(entries), lib);
        } else {
          root.put(entry.getName(), entries.readAllBytes());
        }
      }
    }
  }

  @SuppressWarnings("resource") // Closing the inner stream would close the outer one.
  private static void readAll(ZipInputStream entries, Map<String, byte[]> into) throws IOException {
    for (ZipEntry entry; (entry = entries.getNextEntry()) != null; ) {
      into.put(entry.getName(), entries.readAllBytes());
    }
  }

  @Override
  protected Class<?> findClass(String name) throws ClassNotFoundException {
    String file = name.replace('.', '/') + ".class";
    byte[] bytes = root.getOrDefault(file, lib.get(file));
    if (bytes == null) {
      throw new ClassNotFoundException(name + " is not in the zip");
    }
    return defineClass(name, bytes, 0, bytes.length);
  }
}
