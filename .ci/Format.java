import com.google.googlejavaformat.java.Main;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Runs google-java-format over a source tree: {@code check} or {@code write}, then the folder. */
class Format {
  public static void main(String[] args) throws Exception {
    Path folder = Path.of(args[1]);
    if (!Files.isDirectory(folder)) {
      return;
    }
    List<String> command = new ArrayList<>();
    if (args[0].equals("write")) {
      command.add("--replace");
    } else {
      command.addAll(List.of("--dry-run", "--set-exit-if-changed"));
    }
    try (var files = Files.walk(folder)) {
      files.filter(file -> file.toString().endsWith(".java")).map(Path::toString).forEach(command::add);
    }
    int exit =
        new Main(new PrintWriter(System.out, true), new PrintWriter(System.err, true), System.in)
            .format(command.toArray(String[]::new));
    if (exit != 0) {
      System.err.println("Not formatted as google-java-format does (files above): run mvn -Pformat test-compile");
    }
    System.exit(exit);
  }
}
