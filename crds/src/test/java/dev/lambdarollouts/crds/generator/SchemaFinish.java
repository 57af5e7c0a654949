package dev.lambdarollouts.crds.generator;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import dev.lambdarollouts.crds.common.DurationText;
import dev.lambdarollouts.crds.common.Formats;
import dev.lambdarollouts.crds.common.LambdaRolloutsResource;
import dev.lambdarollouts.crds.common.ListMap;
import dev.lambdarollouts.crds.strategy.StepWeight;
import io.fabric8.crd.generator.annotation.AdditionalPrinterColumn;
import io.fabric8.generator.annotation.Size;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinitionVersion;
import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaProps;
import io.fabric8.kubernetes.api.model.apiextensions.v1.ValidationRule;
import io.fabric8.kubernetes.api.model.apiextensions.v1.ValidationRuleBuilder;
import java.lang.reflect.AnnotatedParameterizedType;
import java.lang.reflect.AnnotatedType;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the library cannot do: columns in reading order, descriptions of whole kinds, durations,
 * weights, list maps, the sizes of integers, each rule once.
 */
final class SchemaFinish {
  private SchemaFinish() {}

  static CustomResourceDefinition of(
      Class<? extends LambdaRolloutsResource<?, ?>> kind, CustomResourceDefinition crd) {
    CustomResourceDefinitionVersion version = crd.getSpec().getVersions().getFirst();
    inReadingOrder(kind, version);
    JSONSchemaProps root = version.getSchema().getOpenAPIV3Schema();
    root.setDescription(describe(kind));
    root.setRequired(List.of("spec"));
    Type[] halves = ((ParameterizedType) kind.getGenericSuperclass()).getActualTypeArguments();
    finishHalf(CrdManifests.property(root, "spec"), (Class<?>) halves[0]);
    finishHalf(CrdManifests.property(root, "status"), (Class<?>) halves[1]);
    return crd;
  }

  private static void finishHalf(JSONSchemaProps schema, Class<?> type) {
    schema.setDescription(describe(type));
    finish(schema, type);
  }

  private static String describe(Class<?> type) {
    return type.getAnnotation(JsonClassDescription.class).value();
  }

  /** The library sorts columns by their path. */
  private static void inReadingOrder(Class<?> kind, CustomResourceDefinitionVersion version) {
    List<String> names =
        List.of(kind.getAnnotationsByType(AdditionalPrinterColumn.class)).stream()
            .map(AdditionalPrinterColumn::name)
            .toList();
    version
        .getAdditionalPrinterColumns()
        .sort(Comparator.comparingInt(column -> names.indexOf(column.getName())));
  }

  private static void finish(JSONSchemaProps schema, Class<?> type) {
    schema.setXKubernetesValidations(
        List.copyOf(new LinkedHashSet<>(schema.getXKubernetesValidations())));
    if (type == StepWeight.class) {
      weight(schema);
    } else if (type == Integer.class) {
      schema.setFormat("int32");
    } else if (type == Long.class) {
      schema.setFormat("int64");
    } else if (type.isRecord()) {
      for (RecordComponent component : type.getRecordComponents()) {
        finish(CrdManifests.property(schema, component.getName()), component);
      }
    }
  }

  private static void finish(JSONSchemaProps schema, AnnotatedType type) {
    if (type instanceof AnnotatedParameterizedType generic) {
      AnnotatedType[] arguments = generic.getAnnotatedActualTypeArguments();
      AnnotatedType content = arguments[arguments.length - 1];
      JSONSchemaProps below =
          schema.getItems() != null
              ? schema.getItems().getSchema()
              : schema.getAdditionalProperties().getSchema();
      finish(below, content);
      bound(below, content.getAnnotation(Size.class));
    } else {
      finish(schema, (Class<?>) type.getType());
    }
  }

  /** The library bounds what stands in a list or a map, but not what stands in a list in a map. */
  private static void bound(JSONSchemaProps schema, @Nullable Size size) {
    if (size != null && "array".equals(schema.getType())) {
      schema.setMinItems(size.min());
      schema.setMaxItems(size.max());
    } else if (size != null) {
      schema.setMinLength(size.min() == 0 ? null : size.min());
      schema.setMaxLength(size.max());
    }
  }

  private static void finish(JSONSchemaProps schema, RecordComponent component) {
    finish(schema, component.getAnnotatedType());
    DurationText duration = component.getAnnotation(DurationText.class);
    if (duration != null) {
      duration(schema, duration.zero());
    }
    ListMap listMap = component.getAnnotation(ListMap.class);
    if (listMap != null) {
      schema.setXKubernetesListType("map");
      schema.setXKubernetesListMapKeys(List.of(listMap.key()));
    }
  }

  private static void duration(JSONSchemaProps schema, boolean zero) {
    schema.setPattern(Formats.DURATION);
    schema.setMaxLength((long) Formats.DURATION_LENGTH);
    String wellFormed = "self.matches('" + Formats.DURATION + "')";
    ValidationRule rule =
        new ValidationRuleBuilder()
            .withRule(zero ? wellFormed : wellFormed + " && duration(self) > duration('0s')")
            .withMessage(
                "must be a duration such as 30s, 5m or 1h30m" + (zero ? "" : ", longer than 0s"))
            .build();
    schema.setXKubernetesValidations(List.of(rule));
  }

  /** Minimum and maximum bind numbers only, pattern and length texts only. */
  private static void weight(JSONSchemaProps schema) {
    schema.setType(null);
    schema.setXKubernetesPreserveUnknownFields(null);
    schema.setXKubernetesIntOrString(true);
    schema.setMinimum(0.0);
    schema.setMaximum(100.0);
    schema.setPattern(StepWeight.PATTERN);
    schema.setMaxLength(7L);
  }
}
