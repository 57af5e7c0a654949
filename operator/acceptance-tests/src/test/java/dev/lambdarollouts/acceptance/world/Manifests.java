package dev.lambdarollouts.acceptance.world;

/**
 * The four objects of the README's first rollout, as text, with what the stories vary left open.
 */
public final class Manifests {
  private Manifests() {}

  /** Another text is another release. */
  public static String function(String release) {
    return """
    apiVersion: v1
    kind: ConfigMap
    metadata: {name: hello-src-%1$s}
    data: {index.mjs: "export const handler = async () => '%1$s';"}
    ---
    apiVersion: lambdarollouts.dev/v1alpha1
    kind: LambdaFunction
    metadata: {name: hello}
    spec:
      releaseName: "%1$s"
      runtime: nodejs22.x
      handler: index.handler
      role: arn:aws:iam::{accountId}:role/hello
      code: {configMap: {name: hello-src-%1$s}}
    """
        .formatted(release);
  }

  /** A stage of the simulator's own account. */
  public static String stage(String name) {
    return """
    apiVersion: lambdarollouts.dev/v1alpha1
    kind: LambdaStage
    metadata: {name: %s}
    spec: {region: us-east-1, accountId: "111122223333", alias: live, functionNameTemplate: "{namespace}-{function}-{stage}"}
    """
        .formatted(name);
  }

  /** 10 %, 50 %, 100 %, watching one alarm. */
  public static String strategy() {
    return """
    apiVersion: lambdarollouts.dev/v1alpha1
    kind: RolloutStrategy
    metadata: {name: careful-canary}
    spec:
      canary:
        steps: [{setWeight: 10}, {pause: {duration: 5m}}, {setWeight: 50}, {pause: {duration: 5m}}]
      alarms: [{name: "{functionName}-errors"}]
    """;
  }

  /** One function through the named stages. */
  public static String rollout(String... stages) {
    StringBuilder text =
        new StringBuilder(
            """
            apiVersion: lambdarollouts.dev/v1alpha1
            kind: LambdaRollout
            metadata: {name: hello}
            spec:
              functionRef: {name: hello}
              stages:
            """);
    for (String stage : stages) {
      text.append(
          "  - {stageRef: {name: %s}, strategyRef: {name: careful-canary}}\n".formatted(stage));
    }
    return text.toString();
  }

  /** What a person does by hand. */
  public static String action(String name, String verb) {
    return """
    apiVersion: lambdarollouts.dev/v1alpha1
    kind: RolloutAction
    metadata: {name: %s}
    spec: {rolloutRef: {name: hello}, action: %s, requestedBy: alice@example.com}
    """
        .formatted(name, verb);
  }
}
