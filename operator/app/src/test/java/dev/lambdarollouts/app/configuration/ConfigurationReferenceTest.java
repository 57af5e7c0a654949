package dev.lambdarollouts.app.configuration;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ConfigurationReferenceTest {

  private static final Path PAGE = Path.of("../../docs/configuration.md");

  @Test
  void thePageSaysWhatTheCodeDoes() throws IOException {
    if (Boolean.getBoolean("docs.write")) {
      Files.writeString(PAGE, ConfigurationReference.markdown());
    }

    assertThat(Files.readString(PAGE))
        .as(
            "write it anew: mvn -pl operator/app -am test -Dtest=ConfigurationReferenceTest"
                + " -Dsurefire.failIfNoSpecifiedTests=false -Ddocs.write=true")
        .isEqualTo(ConfigurationReference.markdown());
  }

  @ParameterizedTest
  @MethodSource("settings")
  void everyDefaultIsAllowed(Setting<?> setting) {
    assertThat(setting.reading().apply(setting.standard())).isNotNull();
  }

  static Iterable<Setting<?>> settings() {
    return Settings.ALL;
  }
}
