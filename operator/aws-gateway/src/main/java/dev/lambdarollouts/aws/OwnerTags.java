package dev.lambdarollouts.aws;

import dev.lambdarollouts.engine.fact.Custody;
import dev.lambdarollouts.engine.port.Owner;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Whose a function is, as its tags say: three tags under {@code lambdarollouts.dev/}. */
final class OwnerTags {
  static final String INSTALLATION = "lambdarollouts.dev/installation";
  static final String NAMESPACE = "lambdarollouts.dev/namespace";
  static final String ROLLOUT = "lambdarollouts.dev/rollout";

  /** Set at CreateFunction and never later: the operator made this function. */
  static final String CREATED = "lambdarollouts.dev/created";

  static final List<String> KEYS = List.of(INSTALLATION, NAMESPACE, ROLLOUT);

  /** What goes when the function is given back. */
  static final List<String> ALL = List.of(INSTALLATION, NAMESPACE, ROLLOUT, CREATED);

  private OwnerTags() {}

  static Map<String, String> of(Owner owner) {
    return Map.of(
        INSTALLATION, owner.installation(),
        NAMESPACE, owner.namespace(),
        ROLLOUT, owner.rollout());
  }

  /** For a function that the operator makes. */
  static Map<String, String> ofCreated(Owner owner) {
    return Map.of(
        INSTALLATION, owner.installation(),
        NAMESPACE, owner.namespace(),
        ROLLOUT, owner.rollout(),
        CREATED, "true");
  }

  /** Whose the function is. */
  static Custody custody(Map<String, String> tags, Owner owner) {
    if (none(tags)) {
      return new Custody.Nobodys();
    }
    String another = another(tags, owner);
    return another == null ? new Custody.Ours(created(tags)) : new Custody.Another(another);
  }

  /** The operator made the function. */
  static boolean created(Map<String, String> tags) {
    return "true".equals(tags.get(CREATED));
  }

  /** True when nobody's tags are there. */
  static boolean none(Map<String, String> tags) {
    return KEYS.stream().noneMatch(tags::containsKey);
  }

  /**
   * Who has the function besides the owner, for people.
   *
   * @return null when it is the owner's
   */
  static @Nullable String another(Map<String, String> tags, Owner owner) {
    String installation = tags.get(INSTALLATION);
    String namespace = tags.get(NAMESPACE);
    String rollout = tags.get(ROLLOUT);
    if (none(tags)) {
      return "nobody: it carries no tag lambdarollouts.dev/installation";
    }
    if (installation == null || namespace == null || rollout == null) {
      return "nobody certain: of its tags " + KEYS + " only some are there";
    }
    Owner marked = new Owner(installation, namespace, rollout);
    return marked.equals(owner) ? null : marked.toString();
  }
}
