package dev.lambdarollouts.simulator.lambda.function;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lambdarollouts.simulator.keep.Blobs;
import dev.lambdarollouts.simulator.protocol.Json;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/** $LATEST or a published version: what it runs, how it is set, and what state it is in. */
public final class FunctionVersion {
  private static final DateTimeFormatter LAST_MODIFIED =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSS'+0000'").withZone(ZoneOffset.UTC);

  /** The order in which AWS lists a function's settings, interleaved with what it computes. */
  private static final String[] SETTINGS_AFTER_VERSION = {
    "VpcConfig", "DeadLetterConfig", "Environment", "KMSKeyArn", "TracingConfig"
  };

  private final String functionName;
  private final String functionArn;
  private final String region;
  private final String version;
  private ObjectNode settings;
  private Code code;
  private Deployment deployment;
  private Instant lastModified;
  private String revisionId;
  private FunctionStatus status = FunctionStatus.CREATED;
  private String runtimeUpdate = "Auto";
  private @Nullable String pinnedRuntime;

  /**
   * For a published version: $LATEST's settings at that time, which are what the no-op rule
   * compares.
   */
  private @Nullable ObjectNode publishedFrom;

  public FunctionVersion(
      String functionArn,
      String version,
      ObjectNode settings,
      Code code,
      Instant lastModified,
      String revisionId) {
    String[] parts = functionArn.split(":", -1);
    this.functionArn = functionArn;
    this.region = parts[3];
    this.functionName = parts[6];
    this.version = version;
    this.settings = settings;
    this.code = code;
    this.deployment = new Deployment(settings, code);
    this.lastModified = lastModified;
    this.revisionId = revisionId;
  }

  public String functionName() {
    return functionName;
  }

  public String functionArn() {
    return functionArn;
  }

  public String version() {
    return version;
  }

  public String revisionId() {
    return revisionId;
  }

  public Code code() {
    return code;
  }

  /** The last segment of the URL that serves the package. */
  public String packageFile() {
    return functionName + "-" + code.hexSha256();
  }

  public ObjectNode settings() {
    return settings;
  }

  public String state() {
    return status.state().shown();
  }

  public boolean isPending() {
    return status.isPending();
  }

  public boolean isUpdating() {
    return status.isUpdating();
  }

  public String setting(String name) {
    return settings.path(name).asText("");
  }

  public boolean isImage() {
    return setting("PackageType").equals("Image");
  }

  /** What invocations run with: while an update is under way, still what was there before. */
  public Deployment deployment() {
    return deployment;
  }

  /** An accepted update: it shows at once, and invocations follow when it has settled. */
  public void update(ObjectNode newSettings, Code newCode, Instant now, String newRevisionId) {
    settings = newSettings;
    code = newCode;
    lastModified = now;
    revisionId = newRevisionId;
    status = status.updating();
  }

  /** The end of being created or updated. */
  public void settle(String newRevisionId) {
    deployment.retire();
    deployment = new Deployment(settings, code);
    status = status.settled();
    revisionId = newRevisionId;
  }

  /** The version is deleted: its execution environments end. */
  public void retire() {
    deployment.retire();
  }

  /** An update that went wrong: what ran before goes on running. */
  public void fail(String reasonCode, String reason, String newRevisionId) {
    status = status.failed(new FunctionStatus.Reason(reason, reasonCode));
    revisionId = newRevisionId;
  }

  /** When AWS changes the runtime's version, and to which it is pinned in mode Manual. */
  public void manageRuntime(String mode, @Nullable String runtimeVersionArn) {
    runtimeUpdate = mode;
    pinnedRuntime = runtimeVersionArn;
  }

  public String runtimeUpdate() {
    return runtimeUpdate;
  }

  public @Nullable String pinnedRuntime() {
    return pinnedRuntime;
  }

  public void changeRevision(String newRevisionId) {
    revisionId = newRevisionId;
  }

  /** Whether publishing one after the other would make no difference to AWS. */
  public boolean sameAs(FunctionVersion other) {
    return code.sha256().equals(other.code.sha256()) && settings.equals(other.publishable());
  }

  /** The settings from which a version was published, before its own description was put in. */
  private ObjectNode publishable() {
    return publishedFrom == null ? settings : publishedFrom;
  }

  /** A version of this code and these settings. */
  public FunctionVersion publish(
      String number, @Nullable String description, Instant now, String newRevisionId) {
    ObjectNode copy = settings.deepCopy();
    if (description != null) {
      copy.put("Description", description);
    }
    if (copy.path("SnapStart").path("ApplyOn").asText().equals("PublishedVersions")) {
      copy.putObject("SnapStart")
          .put("ApplyOn", "PublishedVersions")
          .put("OptimizationStatus", "On");
    }
    FunctionVersion published =
        new FunctionVersion(functionArn, number, copy, code, now, newRevisionId);
    published.publishedFrom = settings.deepCopy();
    return published;
  }

  /** What {@link #restore} needs to make it again. */
  ObjectNode save(Blobs blobs) {
    ObjectNode tree = Json.object().put("version", version);
    tree.set("settings", settings);
    if (publishedFrom != null) {
      tree.set("publishedFrom", publishedFrom);
    }
    byte[] zip = code.zip();
    if (zip != null) {
      tree.put("zip", blobs.add(zip));
    }
    put(tree, "image", code.imageUri());
    tree.put("lastModified", lastModified.toString()).put("revisionId", revisionId);
    status.save(tree);
    tree.put("runtimeUpdate", runtimeUpdate);
    put(tree, "pinnedRuntime", pinnedRuntime);
    return tree;
  }

  static FunctionVersion restore(String functionArn, JsonNode saved, Blobs blobs) {
    Code code =
        saved.has("zip")
            ? Code.ofZip(blobs.get(saved.path("zip").asText()))
            : Code.ofImage(saved.path("image").asText());
    FunctionVersion version =
        new FunctionVersion(
            functionArn,
            saved.path("version").asText(),
            saved.withObject("/settings"),
            code,
            Instant.parse(saved.path("lastModified").asText()),
            saved.path("revisionId").asText());
    if (saved.get("publishedFrom") instanceof ObjectNode publishedFrom) {
      version.publishedFrom = publishedFrom;
    }
    version.status = FunctionStatus.of(saved);
    version.runtimeUpdate = saved.path("runtimeUpdate").asText("Auto");
    version.pinnedRuntime = text(saved, "pinnedRuntime");
    return version;
  }

  private static @Nullable String text(JsonNode saved, String name) {
    return saved.has(name) ? saved.path(name).asText() : null;
  }

  /** The configuration as single replies show it. */
  public ObjectNode show(@Nullable String qualifier) {
    ObjectNode tree = listed(qualifier);
    status.show(tree);
    if (!isImage()) {
      tree.putObject("RuntimeVersionConfig")
          .put(
              "RuntimeVersionArn",
              pinnedRuntime == null
                  ? "arn:aws:lambda:" + region + "::runtime:" + runtimeHash()
                  : pinnedRuntime);
    }
    return tree;
  }

  /** The configuration as lists show it: without states and without the runtime's version. */
  public ObjectNode listed(@Nullable String qualifier) {
    ObjectNode tree = Json.object();
    tree.put("FunctionName", functionName)
        .put("FunctionArn", qualifier == null ? functionArn : functionArn + ":" + qualifier);
    copy(tree, "Runtime");
    copy(tree, "Role");
    copy(tree, "Handler");
    tree.put("CodeSize", code.size());
    copy(tree, "Description");
    copy(tree, "Timeout");
    copy(tree, "MemorySize");
    tree.put("LastModified", LAST_MODIFIED.format(lastModified))
        .put("CodeSha256", code.sha256())
        .put("Version", version);
    for (String name : SETTINGS_AFTER_VERSION) {
      copy(tree, name);
    }
    tree.put("RevisionId", revisionId);
    // Settings that came later in AWS' history stand after those above.
    settings
        .properties()
        .forEach(entry -> tree.putIfAbsent(entry.getKey(), entry.getValue().deepCopy()));
    return tree;
  }

  private String runtimeHash() {
    return HexFormat.of()
        .formatHex(Code.sha256(setting("Runtime").getBytes(StandardCharsets.UTF_8)));
  }

  private void copy(ObjectNode tree, String name) {
    if (settings.has(name)) {
      tree.set(name, settings.get(name).deepCopy());
    }
  }

  private static void put(ObjectNode tree, String name, @Nullable String value) {
    if (value != null) {
      tree.put(name, value);
    }
  }
}
