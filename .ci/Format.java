import com.google.googlejavaformat.java.Main;
import java.io.PrintWriter;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;

/**
 * Runs google-java-format over all modules at once, for one warm compiler is cheaper than a cold one
 * each: {@code check} or {@code write}, then the repository's folder.
 */
class Format {
  public static void main(String[] args) throws Exception {
    Path folder = Path.of(args[1]);
    List<String> command = new ArrayList<>();
    if (args[0].equals("write")) {
      command.add("--replace");
    } else {
      command.addAll(List.of("--dry-run", "--set-exit-if-changed"));
    }
    Files.walkFileTree(
        folder,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes) {
            String name = directory.getFileName().toString();
            boolean sources = directory.equals(folder) || !(name.equals("target") || name.startsWith("."));
            return sources ? FileVisitResult.CONTINUE : FileVisitResult.SKIP_SUBTREE;
          }

          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            if (file.toString().endsWith(".java")) {
              command.add(file.toString());
            }
            return FileVisitResult.CONTINUE;
          }
        });
    int exit =
        new Main(new PrintWriter(System.out, true), new PrintWriter(System.err, true), System.in)
            .format(command.toArray(String[]::new));
    if (exit != 0) {
      System.err.println("Not formatted as google-java-format does (files above): run mvn -Pformat test-compile");
    }
    System.exit(exit);
  }
}
