package dev.lambdarollouts.simulator.lambda.runtime;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/**
 * A temporary folder with an unpacked package, as {@code task}, and the program that runs its
 * handler.
 */
record TaskFolder(Path folder, Path task, Path program) {

  static TaskFolder unpack(byte[] zip, ChildRuntime runtime) throws IOException {
    // The real path, as programs see it: temporary folders are behind links on some machines.
    Path folder = Files.createTempDirectory("aws-simulator-lambda").toRealPath();
    Path task = Files.createDirectory(folder.resolve("task"));
    TaskFolder made = new TaskFolder(folder, task, folder.resolve(runtime.program()));
    try {
      unpack(zip, task);
      copyProgram(runtime, made.program);
    } catch (IOException e) {
      made.delete();
      throw e;
    }
    return made;
  }

  private static void unpack(byte[] zip, Path task) throws IOException {
    try (ZipInputStream in = new ZipInputStream(new ByteArrayInputStream(zip))) {
      for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
        Path target = task.resolve(entry.getName()).normalize();
        if (!target.startsWith(task)) {
          throw new IOException("An entry of the package leads out of it: " + entry.getName());
        }
        if (entry.isDirectory()) {
          Files.createDirectories(target);
        } else {
          Path parent = target.getParent();
          Files.createDirectories(parent == null ? task : parent);
          Files.copy(in, target, StandardCopyOption.REPLACE_EXISTING);
        }
      }
    }
  }

  private static void copyProgram(ChildRuntime runtime, Path target) throws IOException {
    try (InputStream program = TaskFolder.class.getResourceAsStream(runtime.program())) {
      if (program == null) {
        throw new IOException("aws-simulator is built without " + runtime.program());
      }
      Files.copy(program, target);
    }
  }

  void delete() {
    try (Stream<Path> paths = Files.walk(folder)) {
      List<Path> deepestFirst = paths.sorted(Comparator.reverseOrder()).toList();
      for (Path path : deepestFirst) {
        Files.deleteIfExists(path);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot delete " + folder, e);
    }
  }
}
