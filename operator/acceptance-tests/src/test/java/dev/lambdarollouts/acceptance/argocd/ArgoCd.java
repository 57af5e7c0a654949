package dev.lambdarollouts.acceptance.argocd;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.luaj.vm2.Globals;
import org.luaj.vm2.LoadState;
import org.luaj.vm2.LuaError;
import org.luaj.vm2.LuaTable;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;
import org.luaj.vm2.compiler.LuaC;
import org.luaj.vm2.lib.BaseLib;
import org.luaj.vm2.lib.PackageLib;
import org.luaj.vm2.lib.TableLib;

/**
 * Runs what stands in the generated argocd-cm patch, with no more of Lua's libraries than Argo CD
 * gives: base, package and table, so neither {@code string} nor {@code math}. Its {@code os}, which
 * has to be required there, is not here at all.
 */
public final class ArgoCd {
  public static final Path FOLDER =
      Path.of("../../helm/lambda-rollouts/argo-cd").toAbsolutePath().normalize();

  private static final YAMLMapper YAML = new YAMLMapper();
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
  private static final JsonNode CUSTOMIZATIONS =
      yaml(text("generated/argocd-cm-patch.yaml")).path("data");

  private ArgoCd() {}

  /** What Argo CD shows beside a resource. */
  public record Health(String status, String message) {}

  public static Health health(JsonNode object) {
    JsonNode script = CUSTOMIZATIONS.path("resource.customizations.health." + key(object));
    JsonNode said = run(script.asText(), object);
    return new Health(said.path("status").asText(), said.path("message").asText());
  }

  /** Each action of a rollout, and whether its button is lit. */
  static Map<String, Boolean> actions(JsonNode object) {
    Map<String, Boolean> lit = new TreeMap<>();
    run(customActions(object).path("discovery.lua").asText(), object)
        .properties()
        .forEach(
            action -> lit.put(action.getKey(), !action.getValue().path("disabled").asBoolean()));
    return lit;
  }

  /** The RolloutAction that Argo CD creates when somebody clicks. */
  static JsonNode click(String action, JsonNode object) {
    for (JsonNode definition : customActions(object).path("definitions")) {
      if (definition.path("name").asText().equals(action)) {
        JsonNode impacted = run(definition.path("action.lua").asText(), object);
        if (impacted.size() != 1 || !impacted.path(0).path("operation").asText().equals("create")) {
          throw new AssertionError("not one create: " + impacted);
        }
        return impacted.path(0).path("resource");
      }
    }
    throw new AssertionError("argocd-cm defines no action " + action);
  }

  /** The stage that a rollout's columns are about; missing where there is none yet. */
  static JsonNode currentStage(JsonNode rollout) {
    for (JsonNode stage : rollout.at("/status/stages")) {
      if (stage.path("name").equals(rollout.at("/status/stage"))) {
        return stage;
      }
    }
    return JSON.missingNode();
  }

  /** Whether a script ends with an error. */
  static boolean fails(String script) {
    try {
      run(script, JSON.objectNode());
      return false;
    } catch (LuaError expected) {
      return true;
    }
  }

  /** One document. */
  public static JsonNode yaml(String text) {
    try {
      return YAML.readTree(text);
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
  }

  /** A file of the folder. */
  public static String text(String name) {
    try {
      return Files.readString(FOLDER.resolve(name));
    } catch (IOException problem) {
      throw new UncheckedIOException(problem);
    }
  }

  private static JsonNode customActions(JsonNode object) {
    return yaml(CUSTOMIZATIONS.path("resource.customizations.actions." + key(object)).asText());
  }

  private static String key(JsonNode object) {
    String group = object.path("apiVersion").asText().replaceAll("/.*", "");
    return group + "_" + object.path("kind").asText();
  }

  /** The interpreter keeps some of its state for all of a JVM. */
  private static synchronized JsonNode run(String script, JsonNode object) {
    if (script.isEmpty()) {
      throw new AssertionError("argocd-cm has no such customization: " + key(object));
    }
    Globals globals = new Globals();
    globals.load(new BaseLib());
    globals.load(new PackageLib());
    globals.load(new TableLib());
    LoadState.install(globals);
    LuaC.install(globals);
    globals.set("obj", toLua(object));
    return toJson(globals.load(script, "script").call());
  }

  private static LuaValue toLua(JsonNode node) {
    return switch (node.getNodeType()) {
      case OBJECT -> {
        LuaTable table = new LuaTable();
        node.properties().forEach(one -> table.set(one.getKey(), toLua(one.getValue())));
        yield table;
      }
      case ARRAY -> {
        LuaTable table = new LuaTable();
        for (int index = 0; index < node.size(); index++) {
          table.set(index + 1, toLua(node.path(index)));
        }
        yield table;
      }
      case BOOLEAN -> LuaValue.valueOf(node.booleanValue());
      case NUMBER -> LuaValue.valueOf(node.doubleValue());
      case STRING -> LuaValue.valueOf(node.textValue());
      default -> LuaValue.NIL;
    };
  }

  /** As Argo CD encodes a table: an array where it has an element 1 or nothing at all. */
  private static JsonNode toJson(LuaValue value) {
    return switch (value.type()) {
      case LuaValue.TBOOLEAN -> JSON.booleanNode(value.toboolean());
      case LuaValue.TNUMBER ->
          value.isint() ? JSON.numberNode(value.toint()) : JSON.numberNode(value.todouble());
      case LuaValue.TSTRING -> JSON.textNode(value.tojstring());
      case LuaValue.TTABLE -> table(value.checktable());
      default -> throw new AssertionError("Argo CD cannot encode a " + value.typename());
    };
  }

  private static JsonNode table(LuaTable table) {
    ArrayNode array = JSON.arrayNode();
    ObjectNode object = JSON.objectNode();
    for (Varargs next = table.next(LuaValue.NIL);
        !next.arg1().isnil();
        next = table.next(next.arg1())) {
      if (next.arg1().isint()) {
        array.add(toJson(next.arg(2)));
      } else {
        object.set(next.arg1().tojstring(), toJson(next.arg(2)));
      }
    }
    return object.isEmpty() ? array : object;
  }
}
