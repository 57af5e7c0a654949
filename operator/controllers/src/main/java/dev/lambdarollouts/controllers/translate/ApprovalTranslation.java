package dev.lambdarollouts.controllers.translate;

import dev.lambdarollouts.crds.stage.Approval;
import dev.lambdarollouts.crds.stage.LambdaStage;
import dev.lambdarollouts.crds.stage.LambdaStageSpec;
import dev.lambdarollouts.engine.fact.ApprovalPolicy;
import org.jspecify.annotations.Nullable;

/** Who must agree in a stage, as its spec says now: no attempt pins it. */
public final class ApprovalTranslation {
  private ApprovalTranslation() {}

  /**
   * Reads it. A spec that cannot be read is InvalidSpec, which holds before any approval is asked
   * for; so is a timeout that is no duration.
   */
  public static ApprovalPolicy of(@Nullable LambdaStage stage) {
    Approval approval =
        stage == null ? null : stage.spec().valid().map(LambdaStageSpec::approval).orElse(null);
    return approval == null || !approval.required()
        ? ApprovalPolicy.NONE
        : new ApprovalPolicy(
            approval.minApprovals(),
            approval.timeout() == null ? null : KubernetesDuration.parse(approval.timeout()));
  }

  /** Refuses what cannot be carried out. */
  static void check(LambdaStageSpec stage, FieldPath stageAt, Findings findings) {
    Approval approval = stage.approval();
    if (approval != null
        && approval.timeout() != null
        && KubernetesDuration.parse(approval.timeout()) == null) {
      findings.invalid(
          stageAt.at("approval").at("timeout"),
          "found " + approval.timeout() + "; write a duration such as 24h");
    }
  }
}
