package dev.lambdarollouts.aws;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TimeZone;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.Test;

class ReproducibleZipTest {

  @Test
  void theSameFilesGiveTheSameBytesForEver() {
    CodePackage zip =
        CodePackage.of(Definitions.files(Map.of("b.txt", "second\n", "a.txt", "first\n")));

    // From a zip written field by field. Whoever changes it makes every function be sent again.
    assertThat(((CodePackage.Zip) zip).codeSha256())
        .isEqualTo("1IAPXqrkfOchWWRWecFRP+hdGXESPPV9CIGvwUdJS3g=");
  }

  @Test
  void theMachinesTimeZoneIsNotInTheBytes() {
    TimeZone zone = TimeZone.getDefault();
    var files = Definitions.files(Map.of("a.txt", "first\n")).files();
    try {
      TimeZone.setDefault(TimeZone.getTimeZone("Pacific/Auckland"));
      byte[] there = ReproducibleZip.of(files);
      TimeZone.setDefault(TimeZone.getTimeZone("America/Anchorage"));

      assertThat(ReproducibleZip.of(files)).isEqualTo(there);
    } finally {
      TimeZone.setDefault(zone);
    }
  }

  @Test
  void everyFileComesBackAsItWas() throws IOException {
    byte[] zip =
        ReproducibleZip.of(Definitions.files(Map.of("index.mjs", "grüße\n", "empty", "")).files());

    Map<String, String> found = new TreeMap<>();
    try (ZipInputStream in = new ZipInputStream(new ByteArrayInputStream(zip))) {
      for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
        found.put(entry.getName(), new String(in.readAllBytes(), StandardCharsets.UTF_8));
      }
    }
    assertThat(found).isEqualTo(Map.of("index.mjs", "grüße\n", "empty", ""));
  }
}
