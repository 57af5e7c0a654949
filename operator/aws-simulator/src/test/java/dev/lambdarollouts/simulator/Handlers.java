package dev.lambdarollouts.simulator;

import java.io.File;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

/** Compiles Java handlers for tests and packs them as Lambda takes them. */
public final class Handlers {

  private Handlers() {}

  /** A package of one public class {@code app.Handler}, written against lambda-java-core. */
  public static byte[] zip(String classBody) {
    return Zips.of(
        classes(
            """
            package app;
            import com.amazonaws.services.lambda.runtime.*;
            import java.io.*;
            import java.util.*;
            public class Handler %s
            """
                .formatted(classBody)));
  }

  private static Map<String, byte[]> classes(String source) {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    StringWriter messages = new StringWriter();
    try {
      Path output = Files.createTempDirectory("handler");
      boolean compiled =
          compiler
              .getTask(
                  messages,
                  null,
                  null,
                  List.of("-d", output.toString(), "-classpath", lambdaCore(), "-proc:none"),
                  null,
                  List.of(new Source(source)))
              .call();
      if (!compiled) {
        throw new IllegalStateException("The handler does not compile: " + messages);
      }
      return read(output);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Map<String, byte[]> read(Path output) throws IOException {
    Map<String, byte[]> files = new LinkedHashMap<>();
    try (var paths = Files.walk(output)) {
      for (Path path : paths.filter(Files::isRegularFile).sorted().toList()) {
        files.put(
            output.relativize(path).toString().replace(File.separatorChar, '/'),
            Files.readAllBytes(path));
      }
    }
    return files;
  }

  private static String lambdaCore() {
    for (String entry : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
      if (entry.contains("aws-lambda-java-core")) {
        return entry;
      }
    }
    throw new IllegalStateException("aws-lambda-java-core is not on the class path of the tests");
  }

  private static final class Source extends SimpleJavaFileObject {
    private final String text;

    Source(String text) {
      super(URI.create("string:///app/Handler.java"), JavaFileObject.Kind.SOURCE);
      this.text = text;
    }

    @Override
    public CharSequence getCharContent(boolean ignoreEncodingErrors) {
      return text;
    }
  }
}
