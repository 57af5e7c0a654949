package dev.lambdarollouts.simulator.keep;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lambdarollouts.simulator.protocol.AwsError;
import dev.lambdarollouts.simulator.protocol.Json;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.jspecify.annotations.Nullable;

/**
 * The file that state is kept in: a zip with {@code state.json} and the contents that it names
 * under {@code blobs/}. It is replaced as a whole, so that a crash leaves the one before; one
 * process at a time may have it.
 */
public final class DataFile implements AutoCloseable {
  private static final String FORMAT = "aws-simulator";
  private static final int VERSION = 1;
  private static final String STATE = "state.json";
  private static final String BLOBS = "blobs/";

  private final Path file;
  private final FileChannel lockFile;
  private @Nullable String lastWritten;

  /**
   * Takes the file for this process.
   *
   * @throws DataFileException when its folder is not there or another process has it
   */
  public DataFile(Path file) {
    this.file = file.toAbsolutePath();
    try {
      this.lockFile =
          FileChannel.open(beside(".lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      if (!locked(lockFile)) {
        lockFile.close();
        throw new DataFileException(
            "Another aws-simulator uses the data file " + file + ": stop it, or name another file");
      }
    } catch (IOException e) {
      throw new DataFileException(
          "The data file " + file + " cannot be used: its folder must be there and writable", e);
    }
  }

  /**
   * Reads what was kept; a file that is not there holds nothing.
   *
   * @throws DataFileException when the file is broken, foreign, or of a newer simulator
   */
  public Saved read() {
    if (!Files.exists(file)) {
      return Saved.nothing();
    }
    try (ZipFile zip = new ZipFile(file.toFile())) {
      ObjectNode state = Json.read(content(zip, STATE));
      if (!state.path("format").asText().equals(FORMAT)) {
        throw broken("it is a zip of another kind", null);
      }
      int version = state.path("formatVersion").asInt();
      if (version > VERSION) {
        throw new DataFileException(
            "The data file "
                + file
                + " was written by a newer aws-simulator (format "
                + version
                + ", this one reads up to "
                + VERSION
                + "): use that one, or name another file");
      }
      if (!(state.get("parts") instanceof ObjectNode parts) || version < 1) {
        throw broken("its state.json has no parts or no format version", null);
      }
      return new Saved(
          Instant.parse(state.path("time").asText()),
          state.path("starts").asInt(),
          parts,
          blobs(zip, state.path("blobs")));
    } catch (IOException | AwsError | DateTimeException e) {
      throw broken(String.valueOf(e.getMessage()), e);
    }
  }

  /**
   * Gives every part what was kept of it.
   *
   * @throws DataFileException when a part cannot read its own
   */
  public void restore(Saved saved, List<? extends KeptState> parts) {
    for (KeptState part : parts) {
      if (!(saved.parts().get(part.part()) instanceof ObjectNode tree)) {
        continue;
      }
      try {
        part.restore(tree, saved.blobs());
      } catch (RuntimeException e) {
        throw broken("what it holds of " + part.part() + " cannot be read: " + e.getMessage(), e);
      }
    }
  }

  /**
   * Replaces the file, unless it holds just this already, but for the time.
   *
   * @throws DataFileException when it cannot be written; the file is then as it was
   */
  public void write(Saved saved) {
    write(saved, false);
  }

  /**
   * Replaces the file, also when nothing but the time is new.
   *
   * @throws DataFileException when it cannot be written; the file is then as it was
   */
  public void writeWithTime(Saved saved) {
    write(saved, true);
  }

  private void write(Saved saved, boolean alsoForTime) {
    ObjectNode state =
        Json.object()
            .put("format", FORMAT)
            .put("formatVersion", VERSION)
            .put("starts", saved.starts());
    state.set("blobs", Json.texts(saved.blobs().all().keySet()));
    state.set("parts", saved.parts());
    String fingerprint = Blobs.name(Json.write(state));
    if (!alsoForTime && fingerprint.equals(lastWritten)) {
      return;
    }
    state.put("time", saved.time().toString());
    Path next = beside(".new");
    try {
      Files.deleteIfExists(next);
      try (FileChannel channel =
              FileChannel.open(next, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
          OutputStream out = Channels.newOutputStream(channel);
          ZipOutputStream zip = new ZipOutputStream(out)) {
        zip.setLevel(Deflater.BEST_SPEED);
        put(zip, STATE, Json.write(state));
        for (Map.Entry<String, byte[]> blob : saved.blobs().all().entrySet()) {
          put(zip, BLOBS + blob.getKey(), blob.getValue());
        }
        zip.finish();
        channel.force(true);
      }
      Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      lastWritten = fingerprint;
    } catch (IOException e) {
      throw new DataFileException("The data file " + file + " cannot be written", e);
    }
  }

  @Override
  public void close() {
    try {
      // The lock's file stays: to delete it would let two processes lock two files of that name.
      lockFile.close();
    } catch (IOException e) {
      throw new DataFileException("The lock of the data file " + file + " cannot be given back", e);
    }
  }

  private DataFileException broken(String why, @Nullable Exception cause) {
    String message =
        "The data file "
            + file
            + " is not a whole data file of aws-simulator ("
            + why
            + "): move it away, or name another file";
    return cause == null ? new DataFileException(message) : new DataFileException(message, cause);
  }

  private Path beside(String suffix) {
    return file.resolveSibling(file.getFileName() + suffix);
  }

  /** The lock ends with the channel. */
  private static boolean locked(FileChannel channel) throws IOException {
    try {
      FileLock lock = channel.tryLock();
      return lock != null;
    } catch (OverlappingFileLockException e) {
      return false;
    }
  }

  private static Blobs blobs(ZipFile zip, JsonNode names) throws IOException {
    Blobs blobs = new Blobs();
    for (JsonNode name : names) {
      String found = blobs.add(content(zip, BLOBS + name.asText()));
      if (!found.equals(name.asText())) {
        throw new IOException("the content " + name.asText() + " is not what it was");
      }
    }
    return blobs;
  }

  private static byte[] content(ZipFile zip, String name) throws IOException {
    ZipEntry entry = zip.getEntry(name);
    if (entry == null) {
      throw new IOException("it has no " + name);
    }
    try (var in = zip.getInputStream(entry)) {
      return in.readAllBytes();
    }
  }

  private static void put(ZipOutputStream zip, String name, byte[] content) throws IOException {
    zip.putNextEntry(new ZipEntry(name));
    zip.write(content);
    zip.closeEntry();
  }
}
