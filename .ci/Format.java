import com.google.googlejavaformat.java.Main;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Runs google-java-format over all modules at once, for one warm compiler is cheaper than a cold one
 * each: {@code check} or {@code write}, then the repository's folder. What was formatted the last
 * time, and has not changed since, is not looked at again ({@code target/formatted}).
 */
class Format {
  public static void main(String[] args) throws Exception {
    Path folder = Path.of(args[1]);
    Path remembered = folder.resolve("target/formatted");
    Set<String> known = Files.exists(remembered) ? new HashSet<>(Files.readAllLines(remembered)) : Set.of();
    List<Path> sources = sources(folder);
    List<String> command = new ArrayList<>();
    if (args[0].equals("write")) {
      command.add("--replace");
    } else {
      command.addAll(List.of("--dry-run", "--set-exit-if-changed"));
    }
    int options = command.size();
    for (Path source : sources) {
      if (!known.contains(digest(source))) {
        command.add(source.toString());
      }
    }
    int exit =
        command.size() == options
            ? 0
            : new Main(new PrintWriter(System.out, true), new PrintWriter(System.err, true), System.in)
                .format(command.toArray(String[]::new));
    if (exit == 0) {
      Set<String> digests = new TreeSet<>();
      for (Path source : sources) {
        digests.add(digest(source));
      }
      Files.createDirectories(remembered.getParent());
      Files.write(remembered, digests);
    } else {
      System.err.println("Not formatted as google-java-format does (files above): run mvn -Pformat test-compile");
    }
    System.exit(exit);
  }

  private static List<Path> sources(Path folder) throws IOException {
    List<Path> sources = new ArrayList<>();
    Files.walkFileTree(
        folder,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes) {
            String name = directory.getFileName().toString();
            boolean ours = directory.equals(folder) || !(name.equals("target") || name.startsWith("."));
            return ours ? FileVisitResult.CONTINUE : FileVisitResult.SKIP_SUBTREE;
          }

          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            if (file.toString().endsWith(".java")) {
              sources.add(file);
            }
            return FileVisitResult.CONTINUE;
          }
        });
    return sources;
  }

  /** Of the text and of the formatter that has to like it. */
  private static String digest(Path source) throws IOException, NoSuchAlgorithmException {
    MessageDigest sha = MessageDigest.getInstance("SHA-256");
    sha.update(System.getProperty("java.class.path").getBytes());
    return HexFormat.of().formatHex(sha.digest(Files.readAllBytes(source)));
  }
}
