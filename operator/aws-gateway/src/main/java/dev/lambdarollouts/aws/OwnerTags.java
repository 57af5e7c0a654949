package dev.lambdarollouts.aws;

import dev.lambdarollouts.engine.port.Owner;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Whose a function is, as its tags say: three tags under {@code lambdarollouts.dev/}. */
final class OwnerTags {
  static final String INSTALLATION = "lambdarollouts.dev/installation";
  static final String NAMESPACE = "lambdarollouts.dev/namespace";
  static final String ROLLOUT = "lambdarollouts.dev/rollout";
  static final List<String> KEYS = List.of(INSTALLATION, NAMESPACE, ROLLOUT);

  private OwnerTags() {}

  static Map<String, String> of(Owner owner) {
    return Map.of(
        INSTALLATION, owner.installation(),
        NAMESPACE, owner.namespace(),
        ROLLOUT, owner.rollout());
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
    if (installation == null && namespace == null && rollout == null) {
      return "nobody: it exists and carries no tag lambdarollouts.dev/installation, or the role may"
          + " not read it (lambda:ListTags); adoptionPolicy Create takes over no function that it"
          + " did not create";
    }
    if (installation == null || namespace == null || rollout == null) {
      return "nobody certain: of its tags " + KEYS + " only some are there";
    }
    Owner marked = new Owner(installation, namespace, rollout);
    return marked.equals(owner) ? null : marked.toString();
  }
}
