package dev.lambdarollouts.reliability.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** A call that no story makes is cut by no plan. */
class EveryCallTest {
  private static final Path RIGHTS = Path.of("../../docs/iam.md");
  private static final String FORBIDDEN = "\"Effect\": \"Deny\"";

  /** What the operator may change in AWS, by the policy that its own page grants. */
  private static final Pattern CHANGES =
      Pattern.compile("\"lambda:((Create|Update|Publish|Put|Delete|Tag|Untag)\\w+)\"");

  /** Of rollouts and their actions; Leases, and finalizers of what is referred to, are others'. */
  private static final Set<String> IN_THE_CLUSTER =
      Set.of(
          "GetRollout",
          "PatchStatus",
          "RemoveFinalizer",
          "PatchActionStatus",
          "DeleteAction",
          "CreateEvent");

  @Test
  void everyCallThatChangesSomethingIsInAStory() throws IOException {
    String policies = Files.readString(RIGHTS);
    Set<String> granted =
        CHANGES
            .matcher(policies.substring(0, policies.indexOf(FORBIDDEN)))
            .results()
            .map((MatchResult found) -> found.group(1))
            .collect(Collectors.toSet());
    assertThat(granted).hasSizeGreaterThan(10);
    assertThat(new Plans(false).calls()).containsAll(granted).containsAll(IN_THE_CLUSTER);
  }
}
