package dev.lambdarollouts.engine.fact;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AliasMarkTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "lr1 o=0123456789",
        "lr1 o=0123456789 s=7:1-0aa3f0c1e2 c=8:1-5f1c9a0b7d x=8:1-5f1c9a0b7d",
        "lr1 o=0123456789 s=7:-",
      })
  void aDescriptionIsReadBackAsItWasWritten(String description) {
    assertThat(AliasMark.parse(description).description()).isEqualTo(description);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "made by hand", "lr1", "lr1 s=7:-", "lr2 o=1", "LR1 o=1"})
  void anyOtherDescriptionIsNotOurs(String description) {
    assertThat(AliasMark.parse(description)).isNull();
  }

  @Test
  void aPoisonedDescriptionGivesNoVersion() {
    assertThat(AliasMark.parse("lr1 o=1 s=: c=8 x="))
        .isEqualTo(new AliasMark("1", null, null, null));
  }

  @Test
  void itFitsIntoADescriptionWithTheLongestVersions() {
    AliasMark.Marked long20 =
        new AliasMark.Marked(new VersionNumber("9".repeat(20)), new ReleaseId("1-0123456789"));
    assertThat(new AliasMark("0123456789", long20, long20, long20).description().length())
        .isLessThanOrEqualTo(256);
  }
}
