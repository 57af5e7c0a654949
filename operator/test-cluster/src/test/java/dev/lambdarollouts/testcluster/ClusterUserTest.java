package dev.lambdarollouts.testcluster;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class ClusterUserTest {

  @Test
  void refusesWhatTheTokenFileCannotHold() {
    assertThatThrownBy(() -> ClusterUser.named("alice", "a\"b")).hasMessageContaining("alice");
    assertThatThrownBy(() -> ClusterUser.named("al,ice")).hasMessageContaining("al,ice");
    assertThatThrownBy(() -> ClusterUser.named(" ")).hasMessageContaining("name");
  }

  @Test
  void refusesTheSameNameTwice() {
    assertThatThrownBy(() -> new ClusterTokens(List.of(ClusterUser.named("admin"))))
        .hasMessageContaining("'admin' is declared twice");
  }
}
