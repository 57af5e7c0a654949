package dev.lambdarollouts.aws;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The policy in {@code docs/iam.md} against what this module calls. */
class IamPolicyTest {
  private static final Pattern JSON_BLOCK = Pattern.compile("```json\\n(.*?)```", Pattern.DOTALL);

  /** What AWS asks for besides the operation's own right. */
  private static final List<String> IMPLIED =
      List.of(
          "iam:PassRole",
          "lambda:ListTags",
          "lambda:TagResource",
          "s3:GetObject",
          "s3:GetObjectVersion");

  /** Needs no right at all. */
  private static final String FREE = "sts:GetCallerIdentity";

  @Test
  void thePolicyAllowsExactlyWhatIsCalled() throws IOException {
    TreeSet<String> called = new TreeSet<>(IMPLIED);
    Arrays.stream(Api.values())
        .map(api -> api.service() + ":" + api.operation())
        .filter(action -> !action.equals(FREE))
        .forEach(called::add);

    assertThat(allowed()).isEqualTo(called);
  }

  private static Set<String> allowed() throws IOException {
    return allowed(Files.readString(Path.of("../../docs/iam.md")));
  }

  /** What the first policy below a heading of {@code docs/iam.md} allows. */
  static Set<String> allowedUnder(String heading) throws IOException {
    String text = Files.readString(Path.of("../../docs/iam.md"));
    int at = text.indexOf("\n## " + heading + "\n");
    assertThat(at).as("the heading " + heading).isPositive();
    return allowed(text.substring(at));
  }

  private static Set<String> allowed(String text) throws IOException {
    var block = JSON_BLOCK.matcher(text);
    assertThat(block.find()).isTrue();
    TreeSet<String> allowed = new TreeSet<>();
    for (JsonNode statement :
        JsonMapper.builder().build().readTree(block.group(1)).path("Statement")) {
      if (statement.path("Effect").asText().equals("Allow")) {
        JsonNode action = statement.path("Action");
        if (action.isTextual()) {
          allowed.add(action.asText());
        }
        action.forEach(each -> allowed.add(each.asText()));
      }
    }
    return allowed;
  }
}
