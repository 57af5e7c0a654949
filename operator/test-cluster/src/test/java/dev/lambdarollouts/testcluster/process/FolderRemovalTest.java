package dev.lambdarollouts.testcluster.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FolderRemovalTest {

  @Test
  void removesAFullFolderAndDoesNotMindOneThatIsGone(@TempDir Path parent) throws Exception {
    Path folder = parent.resolve("full");
    Files.createDirectories(folder.resolve("a/b"));
    Files.writeString(folder.resolve("a/b/file"), "content");

    FolderRemoval.remove(folder);
    FolderRemoval.remove(folder);

    assertThat(folder).doesNotExist();
    assertThat(parent).exists();
  }
}
