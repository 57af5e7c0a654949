package dev.lambdarollouts.engine.port;

import dev.lambdarollouts.engine.fact.AliasFact;
import dev.lambdarollouts.engine.fact.AliasMark;
import dev.lambdarollouts.engine.fact.AliasTarget;

/** Aliases in the account and region of one stage. */
public interface AliasPort {

  /** GetAlias. */
  AliasFact read(String functionName, String alias, Urgency urgency);

  /** CreateAlias. An alias that is there already with this very target and mark counts as made. */
  AwsReply<AliasFact.Present> create(
      String functionName, String alias, AliasTarget target, AliasMark mark);

  /**
   * UpdateAlias, fenced by the RevisionId. After a precondition that failed the alias is read: when
   * it is exactly as asked for, the reply was lost and this is done; else the failure is a
   * CONFLICT.
   */
  AwsReply<AliasFact.Present> update(
      String functionName,
      String alias,
      AliasTarget target,
      AliasMark mark,
      String revisionId,
      Urgency urgency);
}
