package dev.lambdarollouts.crds.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lambdarollouts.crds.common.Parsed;
import dev.lambdarollouts.crds.generator.CrdManifests;
import dev.lambdarollouts.crds.rollout.LambdaRollout;
import dev.lambdarollouts.testcluster.TestCluster;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaProps;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Objects that were stored under another CRD than ours: with fields that we do not know, words that
 * we do not know, and values of other types. The CRD of this test checks nothing.
 */
class PoisonObjectsTest {
  private static final String OBJECTS =
      """
      apiVersion: lambdarollouts.dev/v1alpha1
      kind: LambdaRollout
      metadata: {name: good}
      spec: {functionRef: {name: hello}, stages: [{stageRef: {name: dev}, strategyRef: {name: fast}}]}
      ---
      apiVersion: lambdarollouts.dev/v1alpha1
      kind: LambdaRollout
      metadata: {name: unknown-field}
      spec: {functionRef: {name: hello}, stages: [{stageRef: {name: dev}, strategyRef: {name: fast}, shadow: {percent: 5}}]}
      ---
      apiVersion: lambdarollouts.dev/v1alpha1
      kind: LambdaRollout
      metadata: {name: unknown-word}
      spec: {functionRef: {name: hello}, stages: [{stageRef: {name: dev}, strategy: {allAtOnce: {}, onDeadline: Shout}}]}
      ---
      apiVersion: lambdarollouts.dev/v1alpha1
      kind: LambdaRollout
      metadata: {name: wrong-type}
      spec: {functionRef: {name: hello}, stages: prod}
      ---
      apiVersion: lambdarollouts.dev/v1alpha1
      kind: LambdaRollout
      metadata: {name: no-object}
      spec: hello
      ---
      apiVersion: lambdarollouts.dev/v1alpha1
      kind: LambdaRollout
      metadata: {name: no-spec}
      """;

  private static final Map<String, String> SAID =
      new TreeMap<>(
          Map.of(
              "good",
              "good",
              "unknown-field",
              "spec.stages[0].shadow: not known to this version of the operator: remove it, or"
                  + " upgrade the operator",
              "unknown-word",
              "spec.stages[0].strategy.onDeadline: \"Shout\" is not known to this version of the"
                  + " operator, which knows Pause, Rollback: use one of them, or upgrade the"
                  + " operator",
              "wrong-type",
              "spec.stages: must be a list, found a string",
              "no-object",
              "spec: must be an object, found a string",
              "no-spec",
              "spec: is missing: add it"));

  private static TestCluster cluster;
  private static KubernetesClient client;

  @BeforeAll
  static void start() {
    cluster = TestCluster.start();
    client =
        new KubernetesClientBuilder()
            .withConfig(Config.fromKubeconfig(cluster.kubeconfig()))
            .build();
    client.resource(lenient()).create();
    Awaitility.await("the new kind is served")
        .atMost(Duration.ofSeconds(30))
        .until(() -> cluster.apply(OBJECTS).succeeded());
  }

  @AfterAll
  static void stop() {
    client.close();
    cluster.close();
  }

  private static CustomResourceDefinition lenient() {
    CustomResourceDefinition crd = CrdManifests.definition(LambdaRollout.class);
    JSONSchemaProps anything = new JSONSchemaProps();
    anything.setXKubernetesPreserveUnknownFields(true);
    JSONSchemaProps root = new JSONSchemaProps();
    root.setType("object");
    root.setProperties(Map.of("spec", anything, "status", anything));
    crd.getSpec().getVersions().getFirst().getSchema().setOpenAPIV3Schema(root);
    crd.getSpec().getVersions().getFirst().setSelectableFields(List.of());
    return crd;
  }

  @Test
  void an_informer_delivers_all_of_them_and_says_what_is_wrong() {
    try (SharedIndexInformer<LambdaRollout> informer =
        client.resources(LambdaRollout.class).inNamespace("default").inform()) {
      Awaitility.await()
          .atMost(Duration.ofSeconds(30))
          .until(() -> informer.getStore().list().size() == SAID.size());

      assertThat(
              informer.getStore().list().stream()
                  .collect(
                      Collectors.toMap(
                          rollout -> rollout.getMetadata().getName(),
                          rollout -> said(rollout.spec()))))
          .containsExactlyInAnyOrderEntriesOf(SAID);
      assertThat(informer.isWatching()).isTrue();
    }
  }

  @Test
  void a_finalizer_can_be_put_on_each_without_touching_its_spec() {
    for (String name : SAID.keySet()) {
      var resource = client.resources(LambdaRollout.class).inNamespace("default").withName(name);
      Object before = raw(name);

      resource.edit(
          rollout -> {
            rollout.addFinalizer("lambdarollouts.dev/alias");
            return rollout;
          });
      assertThat(raw(name)).as(name).isEqualTo(before);
      resource.edit(
          rollout -> {
            rollout.removeFinalizer("lambdarollouts.dev/alias");
            return rollout;
          });

      assertThat(raw(name)).as(name).isEqualTo(before);
    }
  }

  private static Object raw(String name) {
    return String.valueOf(
        client
            .genericKubernetesResources(
                new LambdaRollout().getApiVersion(), new LambdaRollout().getKind())
            .inNamespace("default")
            .withName(name)
            .get()
            .getAdditionalProperties());
  }

  private static String said(Parsed<?> spec) {
    return switch (spec) {
      case Parsed.Valid<?> _ -> "good";
      case Parsed.Invalid<?> invalid -> invalid.message();
    };
  }
}
