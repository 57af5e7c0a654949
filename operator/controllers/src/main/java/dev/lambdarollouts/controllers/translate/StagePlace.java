package dev.lambdarollouts.controllers.translate;

import dev.lambdarollouts.engine.port.StageTarget;
import org.jspecify.annotations.Nullable;

/**
 * Where a stage runs: all that watching its alarms and rolling it back needs.
 *
 * @param functionName in AWS, the stage's template resolved
 */
public record StagePlace(StageTarget target, String functionName, String alias) {
  /** Which function this stage means. */
  public FunctionKey function() {
    return new FunctionKey(target.accountId(), target.region(), functionName);
  }

  /** True when both stand behind one alias. */
  public boolean isSameAlias(@Nullable StagePlace other) {
    return other != null && function().equals(other.function()) && alias.equals(other.alias());
  }

  /** The unqualified ARN. */
  public String functionArn() {
    return "arn:"
        + partition()
        + ":lambda:"
        + target.region()
        + ":"
        + target.accountId()
        + ":function:"
        + functionName;
  }

  /** The ARN that triggers name. */
  public String aliasArn() {
    return functionArn() + ":" + alias;
  }

  /** The partitions in which customers have accounts, by the first letters of their regions. */
  private String partition() {
    String region = target.region();
    if (region.startsWith("cn-")) {
      return "aws-cn";
    }
    return region.startsWith("us-gov-") ? "aws-us-gov" : "aws";
  }
}
