package dev.lambdarollouts.controllers.model;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.lambdarollouts.controllers.cluster.ClusterView;
import dev.lambdarollouts.controllers.cluster.ClusterWriter;
import dev.lambdarollouts.controllers.cluster.Notice;
import dev.lambdarollouts.controllers.cluster.ObjectKey;
import dev.lambdarollouts.controllers.cluster.StatusWrite;
import dev.lambdarollouts.controllers.translate.ConfigReferences;
import dev.lambdarollouts.controllers.translate.ConfigSource;
import dev.lambdarollouts.crds.action.RolloutAction;
import dev.lambdarollouts.crds.action.RolloutActionSpec;
import dev.lambdarollouts.crds.action.RolloutActionStatus;
import dev.lambdarollouts.crds.common.Parsed;
import dev.lambdarollouts.crds.function.LambdaFunction;
import dev.lambdarollouts.crds.rollout.LambdaRollout;
import dev.lambdarollouts.crds.rollout.LambdaRolloutStatus;
import dev.lambdarollouts.crds.stage.LambdaStage;
import dev.lambdarollouts.crds.strategy.RolloutStrategy;
import dev.lambdarollouts.engine.fact.AwsFailure;
import dev.lambdarollouts.engine.port.TimeSource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.nio.charset.StandardCharsets;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * An API server and the operator's caches of it. Objects are kept as text, so that nothing is
 * shared; writes of a status are fenced by the resourceVersion.
 */
public final class ModelCluster implements ClusterView, ClusterWriter {
  private static final KubernetesSerialization TEXT =
      new KubernetesSerialization(new ObjectMapper(), false);

  /** Texts that are kept as objects, of all copies of a world together. */
  private static final int MOST_PARSED = 20_000;

  private final TimeSource time;
  private final Map<String, String> objects = new TreeMap<>();
  private final Map<String, Map<String, String>> configMaps = new TreeMap<>();
  private final Map<String, Map<String, String>> secrets = new TreeMap<>();
  private boolean secretsAreRead;
  private final Map<String, HasMetadata> parsed;
  private final List<String> writes = new ArrayList<>();
  private final Map<String, Notice> notices = new TreeMap<>();
  private final List<Notice> told = new ArrayList<>();
  private Interference interference = Interference.NONE;
  private Consumer<HasMetadata> onChange = object -> {};
  private @Nullable Map<String, String> stale;
  private @Nullable Map<String, String> staleRollouts;
  private @Nullable Map<String, String> staleActions;
  private @Nullable Map<String, String> kept;
  private long version;
  private int untold;
  private boolean touch;
  private boolean drops;
  private Consumer<LambdaRollout> onStatus = rollout -> {};

  public ModelCluster(TimeSource time) {
    this(time, new ConcurrentHashMap<>());
  }

  private ModelCluster(TimeSource time, Map<String, HasMetadata> parsed) {
    this.time = time;
    this.parsed = parsed;
  }

  /** A cluster with the same objects, at another time. */
  ModelCluster copy(TimeSource at) {
    ModelCluster copy = new ModelCluster(at, parsed);
    copy.objects.putAll(objects);
    copy.configMaps.putAll(configMaps);
    copy.notices.putAll(notices);
    copy.version = version;
    return copy;
  }

  /** Who is told of every status that the operator wrote. */
  public void onStatus(Consumer<LambdaRollout> listener) {
    onStatus = listener;
  }

  /** From now on nobody is told of changes: watch events are lost. */
  public void dropEvents(boolean dropped) {
    drops = dropped;
  }

  /** True while the caches stand still. */
  public boolean isBehind() {
    return stale != null || staleRollouts != null || staleActions != null;
  }

  /** From now on. */
  public void interfere(Interference with) {
    interference = with;
  }

  /** Who is told of every change of a spec, an annotation or a deletion. */
  void onChange(Consumer<HasMetadata> listener) {
    onChange = listener;
  }

  /** Every write of the operator so far. */
  public List<String> writes() {
    return List.copyOf(writes);
  }

  /** Forgets the writes so far. */
  public void forgetWrites() {
    writes.clear();
  }

  /** Every notice so far, each told once. */
  public List<Notice> notices() {
    return List.copyOf(told);
  }

  /** From now on the caches stand still. */
  public void holdCaches() {
    stale = new TreeMap<>(objects);
  }

  /** From now on the cache of rollouts stands still, the others do not. */
  public void holdRollouts() {
    staleRollouts = new TreeMap<>(objects);
    staleRollouts.keySet().removeIf(id -> !id.startsWith("LambdaRollout/"));
  }

  /** From now on the cache of actions stands still, the others do not. */
  public void holdActions() {
    staleActions = new TreeMap<>(objects);
    staleActions.keySet().removeIf(id -> !id.startsWith("RolloutAction/"));
  }

  /** Keeps rollouts as they stand now for a process that starts later and is behind. */
  public void keepForRestart() {
    kept = new TreeMap<>(objects);
    kept.keySet().removeIf(id -> !id.startsWith("LambdaRollout/"));
  }

  /** From now on the cache of rollouts says what was kept, if anything was. */
  public void startFromKept() {
    staleRollouts = kept;
  }

  /** The caches catch up. */
  public void releaseCaches() {
    stale = null;
    staleRollouts = null;
    staleActions = null;
  }

  /** {@code kubectl apply} of one YAML document. */
  public void apply(String yaml) {
    apply((HasMetadata) TEXT.unmarshal(yaml, type(yaml)));
  }

  private void changed(HasMetadata object) {
    if (!drops) {
      onChange.accept(object);
    }
  }

  private static Class<? extends HasMetadata> type(String yaml) {
    return List.of(
            LambdaFunction.class,
            LambdaStage.class,
            RolloutStrategy.class,
            LambdaRollout.class,
            RolloutAction.class)
        .stream()
        .filter(type -> yaml.contains("kind: " + type.getSimpleName() + "\n"))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("no kind of ours in " + yaml));
  }

  private void apply(HasMetadata object) {
    HasMetadata before = get(objects, object.getClass(), ObjectKey.of(object));
    var metadata = object.getMetadata();
    metadata.setUid(before == null ? uid(object) : before.getMetadata().getUid());
    metadata.setCreationTimestamp(
        before == null
            ? time.instant().truncatedTo(ChronoUnit.SECONDS).toString()
            : before.getMetadata().getCreationTimestamp());
    metadata.setGeneration(before == null ? 1 : before.getMetadata().getGeneration() + 1);
    if (object instanceof LambdaRollout rollout && before instanceof LambdaRollout old) {
      rollout.setStatus(old.getStatus());
    }
    if (object instanceof RolloutAction action && before instanceof RolloutAction old) {
      action.setStatus(old.getStatus());
    }
    put(object);
    changed(object);
  }

  /** {@code kubectl delete}: a LambdaRollout stays until the operator has let it go. */
  public void delete(Class<? extends HasMetadata> type, String namespace, String name) {
    ObjectKey key = new ObjectKey(namespace, name);
    HasMetadata object = Objects.requireNonNull(get(objects, type, key));
    if (type == LambdaRollout.class) {
      object.getMetadata().setDeletionTimestamp(time.instant().toString());
      put(object);
    } else {
      objects.remove(id(type, key));
    }
    changed(object);
  }

  /** Sets an annotation. */
  public void annotate(ObjectKey rollout, String key, String value) {
    LambdaRollout object = Objects.requireNonNull(get(objects, LambdaRollout.class, rollout));
    object.getMetadata().getAnnotations().put(key, value);
    put(object);
    changed(object);
  }

  /** Replaces a rollout's whole status by hand; absent: it is lost. */
  public void overwriteStatus(ObjectKey rollout, @Nullable Parsed<LambdaRolloutStatus> status) {
    LambdaRollout object = Objects.requireNonNull(get(objects, LambdaRollout.class, rollout));
    object.setStatus(status);
    put(object);
  }

  /** Somebody else writes something of a rollout right before the operator's next write. */
  public void touchBeforeNextWrite() {
    touch = true;
  }

  /** A ConfigMap's contents. */
  public void configMap(String name, Map<String, String> data) {
    configMaps.put(name, new TreeMap<>(data));
  }

  /** The operator let it go: the finalizer is gone, and the object with it. */
  void removeFinalizer(ObjectKey rollout) {
    crossing("RemoveFinalizer", () -> objects.remove(id(LambdaRollout.class, rollout)));
  }

  /** An object as it stands now, only to be looked at; absent when there is none. */
  public <T extends HasMetadata> @Nullable T seen(Class<T> type, ObjectKey key) {
    String text = objects.get(id(type, key));
    return text == null ? null : parsed(type, text);
  }

  /** Every rollout as it stands now, only to be looked at. */
  public List<LambdaRollout> seen() {
    return objects.entrySet().stream()
        .filter(entry -> entry.getKey().startsWith("LambdaRollout/"))
        .map(entry -> parsed(LambdaRollout.class, entry.getValue()))
        .toList();
  }

  /** An object as it stands now; absent when there is none. */
  public <T extends HasMetadata> @Nullable T stored(Class<T> type, ObjectKey key) {
    return get(objects, type, key);
  }

  /** A rollout as the caches have it. */
  @Nullable LambdaRollout cached(ObjectKey rollout) {
    return cached(LambdaRollout.class, rollout);
  }

  @Override
  public @Nullable LambdaRollout fetch(ObjectKey rollout) {
    crossing("GetRollout", () -> {});
    return seen(LambdaRollout.class, rollout);
  }

  @Override
  public Collection<LambdaRollout> rollouts() {
    return allCached(LambdaRollout.class);
  }

  @Override
  public @Nullable LambdaFunction function(ObjectKey function) {
    return cached(LambdaFunction.class, function);
  }

  @Override
  public @Nullable LambdaStage stage(ObjectKey stage) {
    return cached(LambdaStage.class, stage);
  }

  @Override
  public @Nullable RolloutStrategy strategy(ObjectKey strategy) {
    return cached(RolloutStrategy.class, strategy);
  }

  private static SortedMap<String, byte[]> bytes(Map<String, String> data) {
    var bytes = new TreeMap<String, byte[]>();
    data.forEach((key, value) -> bytes.put(key, value.getBytes(StandardCharsets.UTF_8)));
    return bytes;
  }

  /**
   * Somebody writes a Secret, in a namespace where Secrets are read; its rollouts are woken.
   *
   * @param data absent: it is deleted
   */
  public void secret(String name, @Nullable Map<String, String> data) {
    secretsAreRead = true;
    if (data == null) {
      secrets.remove(name);
    } else {
      secrets.put(name, new TreeMap<>(data));
    }
    rollouts().forEach(onChange);
  }

  @Override
  public ConfigSource configs(String namespace) {
    return new ConfigSource() {
      @Override
      public Lookup configMap(String name) {
        Map<String, String> data = configMaps.get(name);
        if (data == null) {
          return new Lookup.Missing();
        }
        return new Lookup.Found(bytes(data));
      }

      @Override
      public Lookup secret(String name) {
        if (!secretsAreRead) {
          return new Lookup.NotAllowed("lambda-rollouts.secrets-namespaces");
        }
        Map<String, String> data = secrets.get(name);
        return data == null ? new Lookup.Missing() : new Lookup.Found(bytes(data));
      }

      @Override
      public @Nullable String stageWithKeysIn(String secret) {
        return allCached(LambdaStage.class).stream()
            .filter(stage -> stage.getMetadata().getNamespace().equals(namespace))
            .filter(stage -> secret.equals(ConfigReferences.accessKeys(stage)))
            .map(stage -> stage.getMetadata().getName())
            .findFirst()
            .orElse(null);
      }
    };
  }

  @Override
  public List<RolloutAction> actions(ObjectKey rollout) {
    return allCached(RolloutAction.class).stream()
        .filter(
            action ->
                action
                    .spec()
                    .valid()
                    .map(RolloutActionSpec::rolloutRef)
                    .map(ref -> ref.name().equals(rollout.name()))
                    .orElse(false))
        .toList();
  }

  @Override
  public StatusWrite writeStatus(LambdaRollout base, Parsed<LambdaRolloutStatus> status) {
    ObjectKey key = ObjectKey.of(base);
    List<StatusWrite> outcome = new ArrayList<>();
    crossing(
        "PatchStatus",
        () -> {
          if (touch) {
            touch = false;
            touch(key);
          }
          LambdaRollout now = seen(LambdaRollout.class, key);
          if (now == null) {
            outcome.add(new StatusWrite.Gone());
          } else if (!now.getMetadata()
              .getResourceVersion()
              .equals(base.getMetadata().getResourceVersion())) {
            outcome.add(new StatusWrite.Conflict());
          } else {
            put(with(now, status));
            LambdaRollout written = Objects.requireNonNull(seen(LambdaRollout.class, key));
            onStatus.accept(written);
            outcome.add(new StatusWrite.Written(written));
          }
        });
    return outcome.getFirst();
  }

  private void touch(ObjectKey rollout) {
    LambdaRollout now = get(objects, LambdaRollout.class, rollout);
    if (now != null) {
      put(now);
    }
  }

  /** Another object: the one that caches hold stays as it is. */
  private static LambdaRollout with(LambdaRollout now, Parsed<LambdaRolloutStatus> status) {
    LambdaRollout next = new LambdaRollout();
    next.setMetadata(new ObjectMetaBuilder(now.getMetadata()).build());
    next.setSpec(now.getSpec());
    next.setStatus(status);
    return next;
  }

  @Override
  public void writeStatus(RolloutAction action, RolloutActionStatus status) {
    crossing(
        "PatchActionStatus",
        () -> {
          RolloutAction now = get(objects, RolloutAction.class, ObjectKey.of(action));
          if (now != null) {
            now.setStatus(Parsed.of(status));
            put(now);
          }
        });
  }

  @Override
  public void delete(RolloutAction action) {
    crossing("DeleteAction", () -> objects.remove(id(RolloutAction.class, ObjectKey.of(action))));
  }

  @Override
  public void tell(Notice notice) {
    try {
      crossing(
          "CreateEvent",
          () -> {
            if (notices.putIfAbsent(notice.identity(), notice) == null) {
              told.add(notice);
            }
          });
    } catch (KubernetesClientException problem) {
      untold++;
    }
  }

  /** How many notices were lost: events are told beside the passes, and not again. */
  public int untold() {
    return untold;
  }

  private void crossing(String call, Runnable effect) {
    answer(interference.before(call));
    if (!call.startsWith("Get")) {
      writes.add(call);
    }
    effect.run();
    answer(interference.after(call));
  }

  private static void answer(@Nullable AwsFailure failure) {
    if (failure != null) {
      throw new KubernetesClientException(failure.toString());
    }
  }

  private Map<String, String> caches() {
    if (staleRollouts == null && staleActions == null) {
      return stale == null ? objects : stale;
    }
    Map<String, String> mixed = new TreeMap<>(objects);
    if (staleRollouts != null) {
      mixed.putAll(staleRollouts);
    }
    if (staleActions != null) {
      mixed.putAll(staleActions);
    }
    return mixed;
  }

  private void put(HasMetadata object) {
    object.getMetadata().setResourceVersion(String.valueOf(++version));
    objects.put(id(object.getClass(), ObjectKey.of(object)), TEXT.asJson(object));
  }

  private String uid(HasMetadata object) {
    return object.getKind().toLowerCase(java.util.Locale.ROOT) + "-uid-" + (version + 1);
  }

  private static String id(Class<?> type, ObjectKey key) {
    return type.getSimpleName() + "/" + key;
  }

  private static <T extends HasMetadata> @Nullable T get(
      Map<String, String> from, Class<T> type, ObjectKey key) {
    String text = from.get(id(type, key));
    return text == null ? null : TEXT.unmarshal(text, type);
  }

  /** Out of a cache, as an informer has it: the same object until it changes. */
  private <T extends HasMetadata> @Nullable T cached(Class<T> type, ObjectKey key) {
    String text = caches().get(id(type, key));
    return text == null ? null : parsed(type, text);
  }

  private <T extends HasMetadata> List<T> allCached(Class<T> type) {
    return caches().entrySet().stream()
        .filter(entry -> entry.getKey().startsWith(type.getSimpleName() + "/"))
        .map(entry -> parsed(type, entry.getValue()))
        .toList();
  }

  private <T extends HasMetadata> T parsed(Class<T> type, String text) {
    if (parsed.size() > MOST_PARSED) {
      parsed.clear();
    }
    return type.cast(parsed.computeIfAbsent(text, key -> TEXT.unmarshal(key, type)));
  }
}
