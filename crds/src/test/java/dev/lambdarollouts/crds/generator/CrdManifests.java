package dev.lambdarollouts.crds.generator;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.lambdarollouts.crds.action.RolloutAction;
import dev.lambdarollouts.crds.common.LambdaRolloutsResource;
import dev.lambdarollouts.crds.function.LambdaFunction;
import dev.lambdarollouts.crds.rollout.LambdaRollout;
import dev.lambdarollouts.crds.stage.LambdaStage;
import dev.lambdarollouts.crds.strategy.RolloutStrategy;
import io.fabric8.crdv2.generator.CRDGenerator;
import io.fabric8.crdv2.generator.CRDGenerator.AbstractCRDOutput;
import io.fabric8.crdv2.generator.CRDPostProcessor;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaProps;
import java.io.ByteArrayOutputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;

/** The CRDs of all kinds, as objects and as the YAML that is committed. */
public final class CrdManifests {
  /** All kinds of this API. */
  public static final List<Class<? extends LambdaRolloutsResource<?, ?>>> KINDS =
      List.of(
          LambdaFunction.class,
          LambdaStage.class,
          RolloutStrategy.class,
          LambdaRollout.class,
          RolloutAction.class);

  /** What makes the committed YAML new again. */
  public static final String COMMAND = "mvn -Pgenerate-crds -pl crds -am test-compile";

  /** Where it is committed, seen from this module. */
  public static final Path FOLDER = Path.of("manifests");

  private CrdManifests() {}

  /** YAML by file name, like {@code lambdarollouts.lambdarollouts.dev.yaml}. */
  public static SortedMap<String, String> byFileName() {
    SortedMap<String, String> manifests = new TreeMap<>();
    KINDS.forEach(
        kind -> {
          CustomResourceDefinition crd = definition(kind);
          manifests.put(crd.getMetadata().getName() + ".yaml", yaml(crd));
        });
    return manifests;
  }

  /** The CRD of one kind. */
  public static CustomResourceDefinition definition(
      Class<? extends LambdaRolloutsResource<?, ?>> kind) {
    Finished finished = new Finished(kind);
    new CRDGenerator()
        .customResourceClasses(kind)
        .withPostProcessor(finished)
        .withOutput(new Nowhere())
        .generate();
    return finished.crd;
  }

  /** The schema of one kind. */
  public static JSONSchemaProps schema(Class<? extends LambdaRolloutsResource<?, ?>> kind) {
    return definition(kind).getSpec().getVersions().getFirst().getSchema().getOpenAPIV3Schema();
  }

  /** A property that is there. */
  public static JSONSchemaProps property(JSONSchemaProps schema, String name) {
    return Objects.requireNonNull(schema.getProperties().get(name), () -> "no schema of " + name);
  }

  private static String yaml(CustomResourceDefinition crd) {
    YAMLMapper yaml =
        YAMLMapper.builder()
            .disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER)
            .disable(YAMLGenerator.Feature.SPLIT_LINES)
            .enable(YAMLGenerator.Feature.MINIMIZE_QUOTES)
            .enable(YAMLGenerator.Feature.ALWAYS_QUOTE_NUMBERS_AS_STRINGS)
            .build();
    try {
      return "# Generated from the records of this module by `%s`: edit those.\n".formatted(COMMAND)
          + yaml.writeValueAsString(wholeNumbers(new ObjectMapper().valueToTree(crd)));
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  /** Bounds are doubles in the model; {@code 128.0} would be a puzzle to a reader. */
  private static JsonNode wholeNumbers(JsonNode node) {
    switch (node) {
      case ObjectNode object ->
          object.properties().forEach(field -> field.setValue(wholeNumbers(field.getValue())));
      case ArrayNode array -> {
        for (int index = 0; index < array.size(); index++) {
          array.set(index, wholeNumbers(array.get(index)));
        }
      }
      default -> {
        if (node.isDouble() && node.doubleValue() == node.longValue()) {
          return LongNode.valueOf(node.longValue());
        }
      }
    }
    return node;
  }

  private static final class Finished implements CRDPostProcessor {
    private final Class<? extends LambdaRolloutsResource<?, ?>> kind;
    private CustomResourceDefinition crd = new CustomResourceDefinition();

    Finished(Class<? extends LambdaRolloutsResource<?, ?>> kind) {
      this.kind = kind;
    }

    @Override
    public HasMetadata process(HasMetadata generated, String version) {
      crd = SchemaFinish.of(kind, (CustomResourceDefinition) generated);
      return crd;
    }
  }

  /** The library's own YAML is not wanted. */
  private static final class Nowhere extends AbstractCRDOutput<ByteArrayOutputStream> {
    @Override
    protected ByteArrayOutputStream createStreamFor(String crdName) {
      return new ByteArrayOutputStream();
    }
  }
}
