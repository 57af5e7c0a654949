package dev.lambdarollouts.simulator.keep;

/** A data file cannot be used; the text names the file, what is wrong and what to do. */
public final class DataFileException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  DataFileException(String message) {
    super(message);
  }

  DataFileException(String message, Throwable cause) {
    super(message, cause);
  }
}
