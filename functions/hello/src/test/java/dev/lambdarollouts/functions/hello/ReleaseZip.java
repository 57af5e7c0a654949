package dev.lambdarollouts.functions.hello;

import com.amazonaws.services.lambda.runtime.RequestHandler;
import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;

/** A zip that this build made. */
record ReleaseZip(String release) {

  private static final String HANDLER = "dev.lambdarollouts.functions.hello.HelloHandler";

  static Stream<ReleaseZip> all() {
    return Stream.of("1.0.0", "1.1.0", "1.2.0-bad").map(ReleaseZip::new);
  }

  Path path() {
    return Path.of("target", "hello-" + release + ".zip");
  }

  FileSystem open() throws IOException {
    return FileSystems.newFileSystem(path());
  }

  /** The handler of a new execution environment. */
  @SuppressWarnings("unchecked") // Each release declares these types.
  RequestHandler<Map<String, Object>, Map<String, Object>> start() throws IOException {
    return (RequestHandler<Map<String, Object>, Map<String, Object>>)
        start(RequestHandler.class.getClassLoader());
  }

  Object start(ClassLoader parent) throws IOException {
    try {
      return new ExecutionEnvironment(path(), parent)
          .loadClass(HANDLER)
          .getDeclaredConstructor()
          .newInstance();
    } catch (ReflectiveOperationException e) {
      throw new LinkageError(path() + " has no handler that starts", e);
    }
  }

  @Override
  public String toString() {
    return release;
  }
}
