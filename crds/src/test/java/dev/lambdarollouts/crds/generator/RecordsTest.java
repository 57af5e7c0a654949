package dev.lambdarollouts.crds.generator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.lambdarollouts.crds.common.CrdJson;
import dev.lambdarollouts.crds.common.Status;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Required;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** That the records say the same to Java as to the schema. */
class RecordsTest {

  static Set<Class<?>> records() {
    Set<Class<?>> found = new LinkedHashSet<>();
    CrdManifests.KINDS.stream()
        .map(kind -> (ParameterizedType) kind.getGenericSuperclass())
        .flatMap(type -> Arrays.stream(type.getActualTypeArguments()))
        .forEach(type -> collect(type, found));
    return found;
  }

  private static void collect(Type type, Set<Class<?>> found) {
    if (type instanceof ParameterizedType generic) {
      Arrays.stream(generic.getActualTypeArguments()).forEach(each -> collect(each, found));
    } else if (type instanceof Class<?> record && record.isRecord() && found.add(record)) {
      Arrays.stream(record.getRecordComponents())
          .map(RecordComponent::getGenericType)
          .forEach(each -> collect(each, found));
    }
  }

  static Stream<RecordComponent> components() {
    return records().stream()
        .filter(record -> record.getPackageName().startsWith("dev.lambdarollouts.crds"))
        .flatMap(record -> Arrays.stream(record.getRecordComponents()))
        .filter(component -> !component.getName().equals("json"));
  }

  @ParameterizedTest
  @MethodSource("components")
  void a_component_is_nullable_unless_it_is_required_or_has_a_default(RecordComponent component) {
    boolean nullable = component.getAnnotatedType().isAnnotationPresent(Nullable.class);
    boolean required = component.getAccessor().isAnnotationPresent(Required.class);
    boolean defaulted = component.getAccessor().isAnnotationPresent(Default.class);
    boolean reported =
        Collection.class.isAssignableFrom(component.getType())
            && (Status.class.isAssignableFrom(component.getDeclaringRecord())
                || component.getDeclaringRecord().getSimpleName().equals("StageStatus"));

    assertThat(Stream.of(nullable, required, defaulted, reported).filter(each -> each))
        .as("%s of %s", component, component.getDeclaringRecord())
        .hasSize(1);
  }

  static Stream<RecordComponent> defaulted() {
    return components()
        .filter(component -> component.getAccessor().isAnnotationPresent(Default.class));
  }

  @ParameterizedTest
  @MethodSource("defaulted")
  void a_default_is_the_same_without_an_api_server(RecordComponent component) throws Exception {
    Class<?> record = component.getDeclaringRecord();
    Class<?>[] types =
        Arrays.stream(record.getRecordComponents())
            .map(RecordComponent::getType)
            .toArray(Class<?>[]::new);
    Object blank = record.getDeclaredConstructor(types).newInstance(new Object[types.length]);

    JsonNode inJava = CrdJson.MAPPER.valueToTree(component.getAccessor().invoke(blank));
    JsonNode inSchema =
        new YAMLMapper().readTree(component.getAccessor().getAnnotation(Default.class).value());
    assertThat(inJava).isEqualTo(new ObjectMapper().readTree(inSchema.toString()));
  }
}
