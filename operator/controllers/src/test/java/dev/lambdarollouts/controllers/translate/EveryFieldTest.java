package dev.lambdarollouts.controllers.translate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.fasterxml.jackson.annotation.JsonValue;
import com.fasterxml.jackson.databind.JsonNode;
import dev.lambdarollouts.crds.function.FunctionOverrides;
import dev.lambdarollouts.crds.function.LambdaFunctionSpec;
import dev.lambdarollouts.crds.rollout.LambdaRolloutSpec;
import dev.lambdarollouts.crds.stage.LambdaStageSpec;
import dev.lambdarollouts.crds.strategy.RolloutStrategySpec;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiFunction;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * Every field of the API is translated, refused, or read by somebody else who is named here. The
 * records are walked by reflection: a new component fails until a row says what becomes of it, and
 * the row is tried: two values of a translated field must give two outcomes, and a refused one must
 * be refused by its name.
 */
class EveryFieldTest {

  /** What becomes of a field. */
  private sealed interface Fate {
    /** Two patches that differ in the field and nothing else that matters. */
    record Translated(boolean image, String one, String other) implements Fate {}

    /** A patch that asks for it. */
    record Refused(String patch) implements Fate {}

    /** Another part of the operator reads it. */
    record ReadElsewhere(String where) implements Fate {}
  }

  private static Fate translated(String one, String other) {
    return new Fate.Translated(false, one, other);
  }

  private static Fate ofImage(String one, String other) {
    return new Fate.Translated(true, one, other);
  }

  private static Fate refused(String patch) {
    return new Fate.Refused(patch);
  }

  /** What a function says and a stage or a rollout may override. */
  private static final Map<String, Fate> CONFIGURATION =
      Map.ofEntries(
          Map.entry("runtime", translated("runtime: java25", "runtime: python3.13")),
          Map.entry("handler", translated("handler: a", "handler: b")),
          Map.entry(
              "role",
              translated(
                  "role: 'arn:aws:iam::111122223333:role/a'",
                  "role: 'arn:aws:iam::111122223333:role/b'")),
          Map.entry(
              "code.s3.bucket",
              translated("code: {s3: {bucket: aaa, key: k}}", "code: {s3: {bucket: bbb, key: k}}")),
          Map.entry(
              "code.s3.key",
              translated("code: {s3: {bucket: aaa, key: k}}", "code: {s3: {bucket: aaa, key: l}}")),
          Map.entry(
              "code.s3.objectVersion",
              translated(
                  "code: {s3: {bucket: aaa, key: k}}",
                  "code: {s3: {bucket: aaa, key: k, objectVersion: v}}")),
          Map.entry(
              "code.image.uri", ofImage("code: {image: {uri: a}}", "code: {image: {uri: b}}")),
          Map.entry(
              "code.configMap.name",
              translated(
                  "code: {s3: null, configMap: {name: a}}",
                  "code: {s3: null, configMap: {name: b}}")),
          Map.entry("code.published", refused("code: {s3: null, published: {version: '12'}}")),
          Map.entry(
              "code.sha256",
              translated(
                  "code: {s3: {bucket: aaa, key: k}, sha256: a}",
                  "code: {s3: {bucket: aaa, key: k}, sha256: b}")),
          Map.entry(
              "architectures", translated("architectures: [arm64]", "architectures: [x86_64]")),
          Map.entry("memorySize", translated("memorySize: 128", "memorySize: 129")),
          Map.entry("timeout", translated("timeout: 1", "timeout: 2")),
          Map.entry(
              "ephemeralStorageSize",
              translated("ephemeralStorageSize: 512", "ephemeralStorageSize: 513")),
          Map.entry("environment", translated("environment: {AA: a}", "environment: {AA: b}")),
          Map.entry(
              "environmentFrom[].secretRef.name",
              translated(
                  "environmentFrom: [{secretRef: {name: a}}]",
                  "environmentFrom: [{secretRef: {name: b}}]")),
          Map.entry(
              "environmentFrom[].configMapRef.name",
              translated(
                  "environmentFrom: [{configMapRef: {name: a}}]",
                  "environmentFrom: [{configMapRef: {name: b}}]")),
          Map.entry(
              "layers",
              translated(
                  "layers: ['arn:aws:lambda:us-east-1:111122223333:layer:a:1']",
                  "layers: ['arn:aws:lambda:us-east-1:111122223333:layer:a:2']")),
          Map.entry(
              "vpcConfig.subnetIds",
              translated(
                  "vpcConfig: {subnetIds: [a], securityGroupIds: [g]}",
                  "vpcConfig: {subnetIds: [b], securityGroupIds: [g]}")),
          Map.entry(
              "vpcConfig.securityGroupIds",
              translated(
                  "vpcConfig: {subnetIds: [a], securityGroupIds: [g]}",
                  "vpcConfig: {subnetIds: [a], securityGroupIds: [h]}")),
          Map.entry(
              "vpcConfig.ipv6AllowedForDualStack",
              refused(
                  "vpcConfig: {subnetIds: [a], securityGroupIds: [g], ipv6AllowedForDualStack:"
                      + " true}")),
          Map.entry(
              "deadLetterConfig.targetArn",
              translated(
                  "deadLetterConfig: {targetArn: 'arn:aws:sqs:x:1:a'}",
                  "deadLetterConfig: {targetArn: 'arn:aws:sqs:x:1:b'}")),
          Map.entry(
              "tracingConfig.mode",
              translated("tracingConfig: {mode: Active}", "tracingConfig: {mode: PassThrough}")),
          Map.entry(
              "snapStart.applyOn",
              translated("snapStart: {applyOn: None}", "snapStart: {applyOn: PublishedVersions}")),
          Map.entry(
              "loggingConfig.logFormat",
              translated("loggingConfig: {logFormat: JSON}", "loggingConfig: {logFormat: Text}")),
          Map.entry(
              "loggingConfig.applicationLogLevel",
              translated(
                  "loggingConfig: {applicationLogLevel: TRACE}",
                  "loggingConfig: {applicationLogLevel: FATAL}")),
          Map.entry(
              "loggingConfig.systemLogLevel",
              translated(
                  "loggingConfig: {systemLogLevel: DEBUG}",
                  "loggingConfig: {systemLogLevel: WARN}")),
          Map.entry(
              "loggingConfig.logGroup",
              translated("loggingConfig: {logGroup: a}", "loggingConfig: {logGroup: b}")),
          Map.entry(
              "kmsKeyArn",
              translated("kmsKeyArn: 'arn:aws:kms:x:1:a'", "kmsKeyArn: 'arn:aws:kms:x:1:b'")),
          Map.entry(
              "fileSystemConfigs[].arn",
              translated(
                  "fileSystemConfigs: [{arn: 'arn:aws:efs:x:1:a', localMountPath: /mnt/a}]",
                  "fileSystemConfigs: [{arn: 'arn:aws:efs:x:1:b', localMountPath: /mnt/a}]")),
          Map.entry(
              "fileSystemConfigs[].localMountPath",
              translated(
                  "fileSystemConfigs: [{arn: 'arn:aws:efs:x:1:a', localMountPath: /mnt/a}]",
                  "fileSystemConfigs: [{arn: 'arn:aws:efs:x:1:a', localMountPath: /mnt/b}]")),
          Map.entry(
              "imageConfig.entryPoint",
              ofImage("imageConfig: {entryPoint: [a]}", "imageConfig: {entryPoint: [b]}")),
          Map.entry(
              "imageConfig.command",
              ofImage("imageConfig: {command: [a]}", "imageConfig: {command: [b]}")),
          Map.entry(
              "imageConfig.workingDirectory",
              ofImage("imageConfig: {workingDirectory: a}", "imageConfig: {workingDirectory: b}")),
          Map.entry(
              "runtimeManagementConfig",
              refused("runtimeManagementConfig: {updateRuntimeOn: Auto}")),
          Map.entry("tags", refused("tags: {team: shop}")));

  private static final Map<String, Fate> FUNCTION =
      Map.ofEntries(
          Map.entry("releaseName", translated("releaseName: a", "releaseName: b")),
          Map.entry("triggers", refused("triggers: [{permission: {principal: s3.amazonaws.com}}]")),
          Map.entry("alarms", refused("alarms: [{preset: functionErrors}]")),
          Map.entry("dashboard", refused("dashboard: true")),
          Map.entry("logSubscription", refused("logSubscription: {destinationArn: 'arn:x'}")),
          Map.entry("adoptionPolicy", refused("adoptionPolicy: Adopt")),
          Map.entry("deletionPolicy", refused("deletionPolicy: Delete")));

  private static final Map<String, Fate> STAGE =
      Map.ofEntries(
          Map.entry("region", translated("region: us-east-1", "region: us-east-2")),
          Map.entry(
              "accountId", translated("accountId: '111122223333'", "accountId: '111122223334'")),
          Map.entry(
              "credentials.assumeRole.roleArn",
              translated(
                  "credentials: {assumeRole: {roleArn: 'arn:aws:iam::111122223333:role/a'}}",
                  "credentials: {assumeRole: {roleArn: 'arn:aws:iam::111122223333:role/b'}}")),
          Map.entry(
              "credentials.assumeRole.externalId",
              translated(
                  "credentials: {assumeRole: {roleArn: 'arn:aws:iam::111122223333:role/a',"
                      + " externalId: aa}}",
                  "credentials: {assumeRole: {roleArn: 'arn:aws:iam::111122223333:role/a',"
                      + " externalId: bb}}")),
          Map.entry(
              "credentials.assumeRole.sessionDuration",
              translated(
                  "credentials: {assumeRole: {roleArn: 'arn:aws:iam::111122223333:role/a',"
                      + " sessionDuration: 1h}}",
                  "credentials: {assumeRole: {roleArn: 'arn:aws:iam::111122223333:role/a',"
                      + " sessionDuration: 2h}}")),
          Map.entry("credentials.secretRef", refused("credentials: {secretRef: {name: keys}}")),
          Map.entry("alias", translated("alias: live", "alias: blue")),
          Map.entry(
              "functionNameTemplate",
              translated(
                  "functionNameTemplate: '{function}'",
                  "functionNameTemplate: '{function}-{stage}'")),
          Map.entry("provisionedConcurrency", refused("provisionedConcurrency: 5")),
          Map.entry("reservedConcurrency", refused("reservedConcurrency: 0")),
          Map.entry("approval", refused("approval: {required: true}")),
          Map.entry(
              "promotionWindows",
              refused(
                  "promotionWindows: [{name: w, kind: Deny, schedule: '0 0 20 12 *', duration:"
                      + " 8h}]")),
          Map.entry("onWindowClose", refused("onWindowClose: Finish")),
          Map.entry("suspended", new Fate.ReadElsewhere("loop: PausedBy.STAGE")),
          Map.entry("driftPolicy", refused("driftPolicy: Revert")),
          Map.entry("maxConcurrentRollouts", refused("maxConcurrentRollouts: 1")));

  private static final Map<String, Fate> ROLLOUT =
      Map.ofEntries(
          Map.entry(
              "functionRef.name",
              translated("functionRef: {name: one}", "functionRef: {name: other}")),
          Map.entry(
              "stages[].stageRef.name",
              translated(
                  "stages: [{stageRef: {name: one}, strategyRef: {name: s}}]",
                  "stages: [{stageRef: {name: other}, strategyRef: {name: s}}]")),
          Map.entry(
              "stages[].strategyRef.name",
              new Fate.ReadElsewhere("loop: hands the object in, found by RolloutReferences")),
          Map.entry(
              "stages[].requiredSoakTime",
              refused(
                  "stages: [{stageRef: {name: prod}, strategyRef: {name: s}, requiredSoakTime:"
                      + " 10m}]")),
          Map.entry("paused", new Fate.ReadElsewhere("loop: PausedBy.ROLLOUT")),
          Map.entry("revisionHistoryLimit", refused("revisionHistoryLimit: 11")),
          Map.entry("rollbackWindow", refused("rollbackWindow: {revisions: 3}")));

  private static String canary(String step) {
    return "{allAtOnce: null, canary: {steps: [" + step + "]}}";
  }

  private static final Map<String, Fate> STRATEGY =
      Map.ofEntries(
          Map.entry(
              "preset",
              translated(
                  "{allAtOnce: null, preset: LambdaAllAtOnce}",
                  "{allAtOnce: null, preset: LambdaCanary10Percent5Minutes}")),
          Map.entry(
              "canary.steps[].setWeight",
              translated(canary("{setWeight: 1}"), canary("{setWeight: 2}"))),
          Map.entry(
              "canary.steps[].pause.duration",
              translated(canary("{pause: {duration: 1m}}"), canary("{pause: {duration: 2m}}"))),
          Map.entry(
              "canary.steps[].pause.minimumInvocations",
              refused(canary("{pause: {duration: 1m, minimumInvocations: 200}}"))),
          Map.entry(
              "canary.steps[].pause.timeout",
              translated(canary("{pause: {timeout: 1m}}"), canary("{pause: {timeout: 2m}}"))),
          Map.entry(
              "canary.steps[].pause.onTimeout",
              translated(
                  canary("{pause: {timeout: 1m, onTimeout: Abort}}"),
                  canary("{pause: {timeout: 1m, onTimeout: Promote}}"))),
          Map.entry(
              "canary.steps[].analysis", refused(canary("{analysis: {metrics: [error-rate]}}"))),
          Map.entry("canary.steps[].hook", refused(canary("{hook: {name: smoke}}"))),
          Map.entry(
              "linear.percentage",
              translated(
                  "{allAtOnce: null, linear: {percentage: 10, interval: 1m}}",
                  "{allAtOnce: null, linear: {percentage: 20, interval: 1m}}")),
          Map.entry(
              "linear.interval",
              translated(
                  "{allAtOnce: null, linear: {percentage: 10, interval: 1m}}",
                  "{allAtOnce: null, linear: {percentage: 10, interval: 2m}}")),
          Map.entry("allAtOnce", translated("allAtOnce: {}", canary("{setWeight: 1}"))),
          Map.entry("blueGreen", refused("{allAtOnce: null, blueGreen: {}}")),
          Map.entry("alarms[].name", translated("alarms: [{name: a}]", "alarms: [{name: b}]")),
          Map.entry(
              "alarms[].onInsufficientData",
              translated(
                  "alarms: [{name: a, onInsufficientData: Hold}]",
                  "alarms: [{name: a, onInsufficientData: Fail}]")),
          Map.entry(
              "alarmPolicy.alreadyFiring",
              translated(
                  "alarmPolicy: {alreadyFiring: Block}", "alarmPolicy: {alreadyFiring: Ignore}")),
          Map.entry(
              "alarmPolicy.onPollFailure",
              translated(
                  "alarmPolicy: {onPollFailure: Hold}", "alarmPolicy: {onPollFailure: Rollback}")),
          Map.entry(
              "alarmPolicy.maxStaleness",
              translated("alarmPolicy: {maxStaleness: 1m}", "alarmPolicy: {maxStaleness: 2m}")),
          Map.entry(
              "analysis", refused("analysis: {metrics: [{name: e, lambda: {metric: ErrorRate}}]}")),
          Map.entry(
              "hooks", refused("hooks: [{name: h, phase: PreTraffic, lambda: {functionName: f}}]")),
          Map.entry("bakeTime", translated("bakeTime: 1m", "bakeTime: 2m")),
          Map.entry("progressDeadline", translated("progressDeadline: 1m", "progressDeadline: 2m")),
          Map.entry("onDeadline", translated("onDeadline: Rollback", "onDeadline: Pause")));

  @Test
  void every_field_of_the_API_has_its_fate() {
    Map<String, Fate> function = new TreeMap<>(CONFIGURATION);
    function.putAll(FUNCTION);

    assertDecided(LambdaFunctionSpec.class, function);
    assertDecided(FunctionOverrides.class, CONFIGURATION);
    assertDecided(RolloutStrategySpec.class, STRATEGY);
    assertDecided(LambdaStageSpec.class, STAGE);
    assertDecided(LambdaRolloutSpec.class, ROLLOUT);
  }

  private static void assertDecided(Class<?> spec, Map<String, Fate> fates) {
    assertThat(fields(spec, fates::containsKey))
        .as(spec.getSimpleName())
        .containsExactlyInAnyOrderElementsOf(fates.keySet());
  }

  /** All fields below a record; what has a fate is not looked into, as are the two shared specs. */
  private static List<String> fields(Class<?> record, Predicate<String> decided) {
    return fields(record, "", decided).toList();
  }

  private static Stream<String> fields(Class<?> record, String prefix, Predicate<String> decided) {
    return Arrays.stream(record.getRecordComponents())
        .flatMap(
            component -> {
              Class<?> below = recordBelow(component);
              String path = prefix + component.getName();
              if (below == FunctionOverrides.class || below == RolloutStrategySpec.class) {
                return Stream.empty();
              }
              if (below == null || decided.test(path)) {
                return Stream.of(path);
              }
              String list = component.getType() == List.class ? "[]" : "";
              return fields(below, path + list + ".", decided);
            });
  }

  private static @Nullable Class<?> recordBelow(RecordComponent component) {
    Type type = component.getGenericType();
    if (component.getType() == List.class) {
      type = ((ParameterizedType) type).getActualTypeArguments()[0];
    }
    return type instanceof Class<?> record
            && record.isRecord()
            && Arrays.stream(record.getRecordComponents())
                .noneMatch(inner -> inner.getAccessor().isAnnotationPresent(JsonValue.class))
        ? record
        : null;
  }

  @TestFactory
  Stream<DynamicTest> a_function() {
    return Stream.of(CONFIGURATION, FUNCTION)
        .flatMap(fates -> tests(fates, "LambdaFunction hello: spec.", "", Situation::function));
  }

  @TestFactory
  Stream<DynamicTest> a_stage() {
    return tests(STAGE, "LambdaStage prod: spec.", "", Situation::stage);
  }

  @TestFactory
  Stream<DynamicTest> a_stages_overrides() {
    return tests(CONFIGURATION, "LambdaStage prod: spec.overrides.", "overrides", Situation::stage);
  }

  @TestFactory
  Stream<DynamicTest> a_rollout() {
    return tests(ROLLOUT, "LambdaRollout roll: spec.", "", Situation::rollout);
  }

  @TestFactory
  Stream<DynamicTest> a_rollouts_overrides() {
    return tests(
        CONFIGURATION,
        "LambdaRollout roll: spec.stages[0].overrides.",
        "overrides",
        Situation::entry);
  }

  @TestFactory
  Stream<DynamicTest> a_strategy() {
    return tests(STRATEGY, "RolloutStrategy careful: spec.", "", Situation::strategy);
  }

  @TestFactory
  Stream<DynamicTest> an_inline_strategy() {
    return tests(
        STRATEGY,
        "LambdaRollout roll: spec.stages[0].strategy.",
        "strategy",
        (all, patch) -> all.entry("{strategyRef: null, strategy: {allAtOnce: {}}}").entry(patch));
  }

  private static Stream<DynamicTest> tests(
      Map<String, Fate> fates,
      String object,
      String below,
      BiFunction<Situation, String, Situation> patch) {
    return new TreeMap<>(fates)
        .entrySet().stream()
            .map(
                row ->
                    dynamicTest(
                        row.getKey(),
                        () -> tryOut(row.getKey(), row.getValue(), object, below, patch)));
  }

  private static void tryOut(
      String field,
      Fate fate,
      String object,
      String below,
      BiFunction<Situation, String, Situation> patch) {
    switch (fate) {
      case Fate.Translated(boolean image, String one, String other) -> {
        assertThat(mentions(one, field) || mentions(other, field)).as("rows name it").isTrue();
        StageWanted.Known first = patch.apply(situation(image), wrap(one, below)).known();
        StageWanted.Known second = patch.apply(situation(image), wrap(other, below)).known();
        assertThat(second).isNotEqualTo(first);
      }
      case Fate.Refused(String asked) -> {
        assertThat(mentions(asked, field)).as("the row names it").isTrue();
        StageWanted.Invalid invalid = patch.apply(situation(false), wrap(asked, below)).invalid();
        assertThat(invalid.field()).isEqualTo(object + field.replace("[]", "[0]"));
        assertThat(invalid.message()).contains("is not supported yet");
      }
      case Fate.ReadElsewhere(String where) -> assertThat(where).isNotBlank();
    }
  }

  private static String wrap(String patch, String below) {
    JsonNode tree = Situation.yaml(patch);
    return below.isEmpty() ? tree.toString() : "{\"" + below + "\":" + tree + "}";
  }

  private static boolean mentions(String patch, String field) {
    String pointer = "/" + field.replace("[]", "/0").replace('.', '/');
    return !Situation.yaml(patch).at(pointer).isMissingNode();
  }

  private static Situation situation(boolean image) {
    Situation all = image ? Situation.image() : Situation.zip();
    for (String name : List.of("a", "b")) {
      all.configMap(name, Map.of("KEY", name)).secret(name, Map.of("KEY", "secret " + name));
    }
    return all;
  }
}
