package dev.lambdarollouts.testcluster.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Removes a folder with all that is in it. */
public final class FolderRemoval {

  private FolderRemoval() {}

  private static final int ATTEMPTS = 3;

  /** Removes it, if it is there. A file that someone else adds or removes meanwhile is no error. */
  public static void remove(Path folder) {
    try {
      for (int attempt = 1; Files.exists(folder); attempt++) {
        try {
          removeOnce(folder);
        } catch (DirectoryNotEmptyException e) {
          if (attempt == ATTEMPTS) {
            throw e;
          }
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException("could not remove the folder " + folder, e);
    }
  }

  private static void removeOnce(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      List<Path> deepestFirst = files.sorted(Comparator.reverseOrder()).toList();
      for (Path file : deepestFirst) {
        Files.deleteIfExists(file);
      }
    } catch (NoSuchFileException e) {
      // Someone else removes it too, and that is the aim.
    } catch (UncheckedIOException e) {
      if (!(e.getCause() instanceof NoSuchFileException)) {
        throw e.getCause();
      }
    }
  }
}
