package dev.lambdarollouts.controllers.model;

import java.util.List;
import java.util.stream.Collectors;

/** The objects of the stories, in namespace {@code shop}. */
public final class Manifests {
  private Manifests() {}

  /** A function whose code is at this key of a bucket. */
  public static String function(String releaseName, String key) {
    return """
    apiVersion: lambdarollouts.dev/v1alpha1
    kind: LambdaFunction
    metadata: {name: hello, namespace: shop}
    spec:
      releaseName: "%s"
      runtime: java25
      handler: hello.Handler
      role: arn:aws:iam::111122223333:role/hello
      code: {s3: {bucket: artifacts, key: %s}}
    """
        .formatted(releaseName, key);
  }

  /** A function with more fields of its spec. */
  public static String functionWith(String key, String more) {
    return function("1.0.0", key) + more.indent(2);
  }

  /** A function that somebody else publishes; {@code version} may be empty. */
  public static String published(String version) {
    return """
    apiVersion: lambdarollouts.dev/v1alpha1
    kind: LambdaFunction
    metadata: {name: hello, namespace: shop}
    spec:
      code: {published: {%s}}
    """
        .formatted(version.isEmpty() ? "" : "version: \"" + version + "\"");
  }

  /** A stage in the model's account. */
  public static String stage(String name) {
    return stage(name, "");
  }

  /** A stage in the model's account, with more fields of its spec. */
  public static String stage(String name, String more) {
    return """
    apiVersion: lambdarollouts.dev/v1alpha1
    kind: LambdaStage
    metadata: {name: %s, namespace: shop}
    spec:
      region: us-east-1
      accountId: "111122223333"
      alias: live
      functionNameTemplate: "{function}-{stage}"
    %s
    """
        .formatted(name, more.indent(2));
  }

  /** Ten and fifty percent for five minutes each, watched by one alarm, baked for ten minutes. */
  public static String canary() {
    return strategy(
        """
        canary:
          steps:
            - setWeight: 10
            - pause: {duration: 5m}
            - setWeight: 50
            - pause: {duration: 5m}
        alarms: [{name: "{functionName}-errors"}]
        bakeTime: 10m
        """);
  }

  /** A strategy of the name {@code careful}. */
  public static String strategy(String spec) {
    return """
    apiVersion: lambdarollouts.dev/v1alpha1
    kind: RolloutStrategy
    metadata: {name: careful, namespace: shop}
    spec:
    %s
    """
        .formatted(spec.indent(2));
  }

  /** A rollout through these stages, all with the strategy {@code careful}. */
  public static String rollout(String... stages) {
    return rollout("hello", "", List.of(stages));
  }

  /** A rollout of this name, with more fields of its spec. */
  public static String rollout(String name, String more, List<String> stages) {
    return """
    apiVersion: lambdarollouts.dev/v1alpha1
    kind: LambdaRollout
    metadata: {name: %s, namespace: shop, annotations: {}}
    spec:
      functionRef: {name: hello}
      stages:
    %s
    %s
    """
        .formatted(
            name,
            stages.stream()
                .map(
                    stage ->
                        "    - {stageRef: {name: %s}, strategyRef: {name: careful}}"
                            .formatted(stage))
                .collect(Collectors.joining("\n")),
            more.indent(2));
  }

  /** A command of alice's. */
  public static String action(String name, String action, String more) {
    return actionBy("alice@example.com", name, action, more);
  }

  /** A command of somebody's. */
  public static String actionBy(String who, String name, String action, String more) {
    return """
    apiVersion: lambdarollouts.dev/v1alpha1
    kind: RolloutAction
    metadata: {name: %s, namespace: shop}
    spec:
      rolloutRef: {name: hello}
      action: %s
      requestedBy: %s
    %s
    """
        .formatted(name, action, who, more.indent(2));
  }
}
