package dev.lambdarollouts.aws;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class RedactionTest {

  private static String redact(String text, String... secrets) {
    return Redaction.redact(text, List.of(secrets));
  }

  @Test
  void theMeasuredEnvironmentIsCutOff() {
    assertThat(
            redact(
                "Lambda was unable to configure your environment variables because the environment"
                    + " variables you have provided exceeded the 4KB limit. String measured:"
                    + " {\"PASSWORD\":\"hunter22\",\n\"B\":\"c\"}"))
        .endsWith("exceeded the 4KB limit. String measured: ***")
        .doesNotContain("hunter22");
  }

  @Test
  void aRefusedEnvironmentShowsNoValues() {
    assertThat(
            redact(
                "1 validation error detected: Value '{A B=it's hunter22}' at"
                    + " 'environment.variables' failed to satisfy constraint: Map keys must satisfy"
                    + " constraint"))
        .contains("Value '***' at 'environment.variables' failed")
        .doesNotContain("hunter22");
  }

  @Test
  void aRefusedWeightStaysReadable() {
    String text =
        "1 validation error detected: Value '{2=2.0}' at 'routingConfig.additionalVersionWeights'"
            + " failed to satisfy constraint";

    assertThat(redact(text)).isEqualTo(text);
  }

  @Test
  void whatTheCallSentInSecretIsHiddenWhereverItStands() {
    assertThat(redact("cannot use hunter22 here, nor hunter22x", "hunter22", "hunter22x", "on"))
        .isEqualTo("cannot use *** here, nor ***");
  }

  @Test
  void presignedAddressesLoseTheirQuery() {
    assertThat(redact("see https://bucket.s3.amazonaws.com/key?X-Amz-Signature=abc&x=1 for it"))
        .isEqualTo("see https://bucket.s3.amazonaws.com/key?*** for it");
  }

  @Test
  void accessKeysAreHidden() {
    assertThat(redact("The key ASIAIOSFODNN7EXAMPLE is unknown"))
        .isEqualTo("The key *** is unknown");
  }

  @Test
  void theEncodedAuthorizationMessageIsCutOff() {
    assertThat(
            redact(
                "You are not authorized to perform: lambda:UpdateAlias. Encoded authorization"
                    + " failure message: 4GIOHlTkIaWHQD0Q0m6XSnuUMCm-abcdefghijklmn"))
        .isEqualTo("You are not authorized to perform: lambda:UpdateAlias.");
  }

  @Test
  void aLongTextIsCut() {
    assertThat(redact("x".repeat(2_000))).hasSize(Redaction.LONGEST).endsWith("...");
  }
}
