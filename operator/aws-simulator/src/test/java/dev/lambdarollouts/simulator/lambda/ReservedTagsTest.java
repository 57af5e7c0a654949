package dev.lambdarollouts.simulator.lambda;

import static dev.lambdarollouts.simulator.Refusals.refused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lambdarollouts.simulator.TestAws;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Tags that AWS itself sets, as CloudFormation does. */
class ReservedTagsTest {
  private static final String STACK = "aws:cloudformation:stack-name";
  private static final String ARN = TestAws.arn("hello");

  private final TestAws aws = new TestAws();

  @BeforeEach
  void function() {
    aws.create("hello");
    aws.simulator.lambda().tagAsAwsItself(ARN, Map.of(STACK, "shop"));
  }

  @AfterEach
  void stop() {
    aws.close();
  }

  private Map<String, String> tags() {
    return aws.lambda.listTags(r -> r.resource(ARN)).tags();
  }

  @Test
  void theyAreShownAndNobodyElseRemovesThem() {
    aws.lambda.tagResource(r -> r.resource(ARN).tags(Map.of("team", "shop")));

    refused(
        400,
        "InvalidParameterValueException",
        "Tag keys that begin with aws: are reserved for AWS, but one is " + STACK + ".",
        () -> aws.lambda.untagResource(r -> r.resource(ARN).tagKeys("team", STACK)));

    assertThat(tags()).isEqualTo(Map.of(STACK, "shop", "team", "shop"));
    aws.lambda.untagResource(r -> r.resource(ARN).tagKeys("team"));
    assertThat(aws.lambda.getFunction(r -> r.functionName("hello")).tags())
        .isEqualTo(Map.of(STACK, "shop"));
  }

  @Test
  void theyDoNotCountAmongTheFifty() {
    Map<String, String> fifty =
        IntStream.range(0, 50)
            .mapToObj(i -> "key" + i)
            .collect(Collectors.toMap(Function.identity(), key -> "v"));

    aws.lambda.tagResource(r -> r.resource(ARN).tags(fifty));

    assertThat(tags()).hasSize(51);
    refused(
        400,
        "InvalidParameterValueException",
        "Number of tags exceeds resource tag limit.",
        () -> aws.lambda.tagResource(r -> r.resource(ARN).tags(Map.of("more", "v"))));
  }
}
