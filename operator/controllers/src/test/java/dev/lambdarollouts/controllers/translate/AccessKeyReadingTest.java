package dev.lambdarollouts.controllers.translate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lambdarollouts.controllers.translate.ConfigSource.Lookup;
import dev.lambdarollouts.engine.port.AccessKeys;
import dev.lambdarollouts.engine.port.StageTarget.AccessKeySecret;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AccessKeyReadingTest {
  private static final AccessKeySecret SECRET = new AccessKeySecret("shop", "aws-prod");
  private static final String ID = "AKIAP0ISON";
  private static final String POISON = "p0ison-p0ison";

  private final Situation all = Situation.zip().stage("credentials: {secretRef: {name: aws-prod}}");

  private static Map<String, String> keys() {
    return new HashMap<>(Map.of("aws_access_key_id", ID, "aws_secret_access_key", POISON));
  }

  @Test
  void theKeysOfAUserAndOfASessionAreReadAndTheStageNamesTheSecretOfItsOwnNamespace() {
    all.secret("aws-prod", keys());
    assertThat(all.known().place().target().keys()).isEqualTo(SECRET);
    assertThat(AccessKeyReading.keys(SECRET, all.configs()))
        .isEqualTo(new AccessKeys(ID, POISON, null));
    Map<String, String> session = keys();
    session.put("aws_session_token", "token");
    all.secret("aws-prod", session);
    assertThat(AccessKeyReading.keys(SECRET, all.configs()))
        .isEqualTo(new AccessKeys(ID, POISON, "token"));
    assertThat(ConfigReferences.of(all.stage()).secrets()).isEqualTo(Set.of("aws-prod"));
  }

  @ParameterizedTest
  @CsvSource({
    "aws_access_key_id,, lacks the key aws_access_key_id: add it",
    "aws_secret_access_key,, lacks the key aws_secret_access_key: add it",
    "aws_secret_access_key, '', nothing under the key aws_secret_access_key: add it",
    "aws_session_token, '', 'under the key aws_session_token: add it, or remove the key'",
    "aws_secret_access_key, 'p0ison-p0ison\n"
        + "', 'aws_secret_access_key: holds a blank, a line break'",
    "aws_access_key_id, ' p0ison-p0ison', 'key aws_access_key_id: holds a blank'",
    "aws_access_key_id, 'p0ison-p0ison/p0ison', 'were the two keys swapped?'",
    "aws_session_token, 'p0ison p0ison', 'key aws_session_token: holds a blank'"
  })
  void whatIsWrongWithASecretIsToldByItsKeyAndNeverShowsAValue(
      String key, String value, String told) {
    Map<String, String> data = keys();
    if (value == null) {
      data.remove(key);
    } else {
      data.put(key, value.replace("\\n", "\n"));
    }
    all.secret("aws-prod", data);
    StageWanted.Invalid invalid = all.invalid();
    assertThat(invalid.field()).isEqualTo("LambdaStage prod: spec.credentials.secretRef");
    assertThat(invalid.message()).contains("Secret aws-prod").contains(told);
    assertThat(invalid.toString()).doesNotContain(POISON);
    assertThat(invalid.place()).as("it can still be rolled back").isNotNull();
    assertThat(AccessKeyReading.keys(SECRET, all.configs())).isNull();
    assertThat(AccessKeyReading.problem(all.stage(), SECRET, all.configs())).contains(told);
  }

  @Test
  void whatIsNotThereOrMayNotBeReadIsTold() {
    assertThat(all.missing().message()).contains("Secret aws-prod does not exist");
    assertThat(AccessKeyReading.problem(all.stage(), SECRET, all.configs()))
        .contains("Secret aws-prod does not exist");
    all.secret("aws-prod", new Lookup.NotAllowed("lambda-rollouts.secrets-namespaces"));
    assertThat(all.invalid().message())
        .contains("may not be read in namespace shop")
        .contains("lambda-rollouts.secrets-namespaces");
  }

  @Test
  void bothWaysAtOnceAreRefused() {
    all.secret("aws-prod", keys())
        .stage("credentials: {assumeRole: {roleArn: 'arn:aws:iam::111122223333:role/a'}}");
    assertThat(all.invalid().message()).contains("exactly one of assumeRole and secretRef");
  }

  @Test
  void keysShowNothingOfThemselves() {
    assertThat(new AccessKeys(POISON, POISON, POISON).toString()).doesNotContain(POISON);
    all.secret("aws-prod", keys());
    assertThat(all.known().toString()).doesNotContain(POISON);
  }
}
