package dev.lambdarollouts.controllers.translate;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.api.Test;

class ConfigReferencesTest {

  @Test
  void a_function_names_those_of_its_code_and_its_environment() {
    Situation all =
        Situation.zip()
            .function(
                """
                code: {s3: null, configMap: {name: src}}
                environmentFrom: [{configMapRef: {name: env}}, {secretRef: {name: keys}}]
                """);

    assertThat(ConfigReferences.of(all.function()))
        .isEqualTo(new ConfigReferences(Set.of("src", "env"), Set.of("keys")));
  }

  @Test
  void a_stage_and_a_rollout_name_those_of_their_overrides() {
    Situation all =
        Situation.zip()
            .stage("overrides: {environmentFrom: [{secretRef: {name: keys}}]}")
            .entry("overrides: {code: {configMap: {name: src}}}");

    assertThat(ConfigReferences.of(all.stage()))
        .isEqualTo(new ConfigReferences(Set.of(), Set.of("keys")));
    assertThat(ConfigReferences.of(all.rollout()))
        .isEqualTo(new ConfigReferences(Set.of("src"), Set.of()));
  }

  @Test
  void a_stage_names_the_Secret_of_its_access_keys_however_wrong_the_rest_is() {
    Situation all = Situation.zip();
    assertThat(ConfigReferences.accessKeys(all.stage())).isNull();

    all.stage("{credentials: {secretRef: {name: keys}}}");
    assertThat(ConfigReferences.accessKeys(all.stage())).isEqualTo("keys");
    assertThat(ConfigReferences.accessKeys(all.stage("later: 1").stage())).isEqualTo("keys");
  }

  @Test
  void what_names_none_or_cannot_be_read_names_none() {
    ConfigReferences none = new ConfigReferences(Set.of(), Set.of());

    assertThat(ConfigReferences.of(Situation.zip().stage())).isEqualTo(none);
    assertThat(ConfigReferences.of(Situation.zip().function("later: 1").function()))
        .isEqualTo(none);
  }
}
