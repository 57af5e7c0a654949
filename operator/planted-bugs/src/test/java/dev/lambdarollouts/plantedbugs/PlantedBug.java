package dev.lambdarollouts.plantedbugs;

import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/**
 * One bug: a text in one source file that is replaced by another.
 *
 * @param what for people: what goes wrong
 * @param source from the root of the repository
 */
record PlantedBug(String name, String what, Path source, String find, String replacement) {
  private static final String BEGIN = "\n<<<<<<<\n";
  private static final String BETWEEN = "\n=======\n";
  private static final String END = ">>>>>>>\n";

  /** All of a folder, by name. */
  static List<PlantedBug> in(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.sorted().map(PlantedBug::read).toList();
    }
  }

  private static PlantedBug read(Path file) {
    try {
      String text = Files.readString(file);
      int begin = text.indexOf(BEGIN);
      int between = text.indexOf(BETWEEN, begin);
      int end = text.indexOf(END, between);
      if (begin < 0 || between < 0 || end < 0) {
        throw new IllegalArgumentException(
            file + ": two lines, then <<<<<<<, the text, =======, its replacement, >>>>>>>");
      }
      String[] head = text.substring(0, begin).split("\n", -1);
      return new PlantedBug(
          file.getFileName().toString().replace(".txt", ""),
          head[0],
          Path.of(head[1]),
          text.substring(begin + BEGIN.length(), between),
          text.substring(between + BETWEEN.length(), end));
    } catch (IOException problem) {
      throw new IllegalStateException(file.toString(), problem);
    }
  }

  /** The module whose source it is in: {@code operator/rollout-engine}. */
  Path module() {
    return source.subpath(0, 2);
  }

  /** How often the text stands in the source; anything but once, and the bug cannot be planted. */
  int places(Path root) throws IOException {
    String text = Files.readString(root.resolve(source));
    int places = 0;
    for (int at = text.indexOf(find); at >= 0; at = text.indexOf(find, at + 1)) {
      places++;
    }
    return places;
  }

  /** Compiles the source with the bug in it into a folder of classes of its own. */
  void plant(Path root, Path work, String classPath) throws IOException {
    Path file = work.resolve("src").resolve(source.getFileName());
    Path classes = work.resolve("classes");
    Files.createDirectories(file.getParent());
    Files.createDirectories(classes);
    Files.writeString(file, Files.readString(root.resolve(source)).replace(find, replacement));
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    StringWriter said = new StringWriter();
    try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
      boolean compiled =
          compiler
              .getTask(
                  said,
                  files,
                  null,
                  List.of("-parameters", "-proc:none", "-d", classes.toString(), "-cp", classPath),
                  null,
                  files.getJavaFileObjects(file))
              .call();
      if (!compiled) {
        throw new IllegalStateException(name + " does not compile:\n" + said);
      }
    }
  }
}
