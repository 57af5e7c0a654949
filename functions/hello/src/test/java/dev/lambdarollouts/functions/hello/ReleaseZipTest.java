package dev.lambdarollouts.functions.hello;

import static java.util.Comparator.naturalOrder;
import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.RequestHandler;
import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What differs between two builds of equal sources: times, order and modes. And what is inside. */
class ReleaseZipTest {

  @ParameterizedTest
  @MethodSource("dev.lambdarollouts.functions.hello.ReleaseZip#all")
  void everyEntryHasTheSameFixedTimeAndNothingOfTheMachineBesidesIt(ReleaseZip release)
      throws IOException {
    assertThat(entries(release))
        .isNotEmpty()
        .allSatisfy(
            entry -> {
              assertThat(entry.getTimeLocal()).isEqualTo(LocalDateTime.of(2026, 1, 1, 0, 0));
              assertThat(entry.getExtra()).isNull();
            });
  }

  @ParameterizedTest
  @MethodSource("dev.lambdarollouts.functions.hello.ReleaseZip#all")
  void directoriesThenFilesStandInTheOrderOfTheirNames(ReleaseZip release) throws IOException {
    Map<Boolean, List<String>> names =
        entries(release).stream()
            .collect(
                Collectors.partitioningBy(
                    ZipEntry::isDirectory,
                    Collectors.mapping(ZipEntry::getName, Collectors.toList())));

    assertThat(names.get(true)).isSortedAccordingTo(naturalOrder());
    assertThat(names.get(false)).isSortedAccordingTo(naturalOrder());
  }

  @ParameterizedTest
  @MethodSource("dev.lambdarollouts.functions.hello.ReleaseZip#all")
  void theUmaskOfTheBuildDoesNotShow(ReleaseZip release) throws IOException {
    try (FileSystem zip = release.open();
        Stream<Path> entries = Files.walk(zip.getPath("/"))) {
      for (Path entry : (Iterable<Path>) entries.skip(1)::iterator) {
        assertThat(Files.getAttribute(entry, "zip:permissions"))
            .as(entry.toString())
            .isEqualTo(
                PosixFilePermissions.fromString(
                    Files.isDirectory(entry) ? "rwxr-xr-x" : "rw-r--r--"));
      }
    }
  }

  @ParameterizedTest
  @MethodSource("dev.lambdarollouts.functions.hello.ReleaseZip#all")
  void theZipBringsEverythingThatItsHandlerNeeds(ReleaseZip release) throws IOException {
    Object handler = release.start(ClassLoader.getPlatformClassLoader());

    assertThat(handler.getClass().getInterfaces())
        .extracting(Class::getName)
        .containsExactly(RequestHandler.class.getName());
  }

  private static List<ZipEntry> entries(ReleaseZip release) throws IOException {
    try (ZipFile zip = new ZipFile(release.path().toFile())) {
      return zip.stream().map(ZipEntry.class::cast).toList();
    }
  }
}
