package dev.lambdarollouts.controllers.translate;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lambdarollouts.crds.common.CrdJson;
import dev.lambdarollouts.crds.common.Parsed;
import dev.lambdarollouts.crds.stage.Credentials;
import dev.lambdarollouts.crds.stage.LambdaStageSpec;
import dev.lambdarollouts.engine.port.StageTarget;
import dev.lambdarollouts.engine.port.StageTarget.AccessKeySecret;
import dev.lambdarollouts.engine.port.StageTarget.AssumedRole;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where a stage runs, read from the few fields that say so, whatever is wrong with the others: with
 * it a rollback is always possible.
 */
final class PlaceReading {
  /** STS, AssumeRole, DurationSeconds. */
  private static final Duration SHORTEST_SESSION = Duration.ofMinutes(15);

  private static final Duration LONGEST_SESSION = Duration.ofHours(12);

  private static final List<String> PLACING =
      List.of("region", "accountId", "alias", "functionNameTemplate", "credentials");

  private final StageNames names;
  private final FieldPath at;
  private final Findings findings;

  PlaceReading(StageNames names, FieldPath at, Findings findings) {
    this.names = names;
    this.at = at;
    this.findings = findings;
  }

  /** Absent when it cannot be found, which then is a finding. */
  @Nullable StagePlace read(Parsed<LambdaStageSpec> parsed) {
    return switch (parsed) {
      case Parsed.Valid<LambdaStageSpec> valid -> place(valid.value());
      case Parsed.Invalid<LambdaStageSpec> invalid -> {
        findings.invalid(new FieldPath(at.object(), invalid.field()), invalid.problem());
        LambdaStageSpec salvaged = salvage(invalid.raw());
        yield salvaged == null ? null : place(salvaged);
      }
    };
  }

  private static @Nullable LambdaStageSpec salvage(JsonNode raw) {
    if (!(raw instanceof ObjectNode spec)) {
      return null;
    }
    try {
      return CrdJson.MAPPER.treeToValue(spec.deepCopy().retain(PLACING), LambdaStageSpec.class);
    } catch (JsonProcessingException evenThoseAreWrong) {
      return null;
    }
  }

  private @Nullable StagePlace place(LambdaStageSpec spec) {
    Findings own = new Findings();
    if (!AwsLimits.REGION.matcher(spec.region()).matches()) {
      own.invalid(at.at("region"), "found " + spec.region() + "; write it like us-east-1");
    }
    if (!AwsLimits.ALIAS.matcher(spec.alias()).matches()) {
      own.invalid(
          at.at("alias"),
          "found "
              + spec.alias()
              + "; an alias is at most 128 letters, digits, - and _, and not digits alone");
    }
    String account = account(spec.accountId(), own);
    String name = name(spec.functionNameTemplate(), own);
    AssumedRole role = null;
    AccessKeySecret keys = null;
    if (spec.credentials() != null) {
      role = role(spec.credentials(), names.forAws(account, spec.region()), own);
      keys = keys(spec.credentials());
    }
    findings.add(own);
    return own.any()
        ? null
        : new StagePlace(new StageTarget(account, spec.region(), role, keys), name, spec.alias());
  }

  private String account(@Nullable String accountId, Findings own) {
    if (accountId == null) {
      own.invalid(
          at.at("accountId"),
          "is missing, and taking it from the credentials is not supported yet: add the account's"
              + " 12 digits");
      return "";
    }
    if (!AwsLimits.ACCOUNT_ID.matcher(accountId).matches()) {
      own.invalid(
          at.at("accountId"), "found " + accountId + "; an account is 12 digits, in quotes");
    }
    return accountId;
  }

  private String name(String template, Findings own) {
    FieldPath field = at.at("functionNameTemplate");
    String name = names.forFunctionName().resolve(template, field, own);
    if (name.length() > AwsLimits.FUNCTION_NAME_LENGTH) {
      own.invalid(
          field,
          "\""
              + template
              + "\" makes "
              + name
              + ", which is "
              + name.length()
              + " characters long; Lambda takes 64: shorten the template, or the names in it");
    } else if (!AwsLimits.FUNCTION_NAME.matcher(name).matches()) {
      own.invalid(
          field,
          "\""
              + template
              + "\" makes "
              + name
              + "; the name of a function holds letters, digits, - and _ only: change the template,"
              + " or the names in it");
    }
    return name;
  }

  private @Nullable AssumedRole role(
      Credentials credentials, Placeholders placeholders, Findings own) {
    FieldPath field = at.at("credentials");
    Credentials.AssumeRole role = credentials.assumeRole();
    if ((role == null) == (credentials.secretRef() == null)) {
      own.invalid(
          field,
          "give exactly one of assumeRole and secretRef, or remove it to use the operator's own");
      return null;
    }
    if (role == null) {
      return null;
    }
    FieldPath assumeRole = field.at("assumeRole");
    String arn =
        new Texts(placeholders, names.namespace(), own)
            .matching(
                role.roleArn(),
                assumeRole.at("roleArn"),
                AwsLimits.ROLE,
                "arn:aws:iam::111122223333:role/name");
    return new AssumedRole(
        arn,
        role.externalId(),
        sessionDuration(role.sessionDuration(), assumeRole.at("sessionDuration"), own),
        // One client per LambdaStage: the same for every rollout that comes through it.
        Map.of(
            "lambda-rollouts/namespace",
            names.namespace(),
            "lambda-rollouts/stage",
            names.stage()));
  }

  /** A reference never leaves the namespace. */
  private @Nullable AccessKeySecret keys(Credentials credentials) {
    return credentials.secretRef() == null
        ? null
        : new AccessKeySecret(names.namespace(), credentials.secretRef().name());
  }

  private static @Nullable Duration sessionDuration(
      @Nullable String text, FieldPath field, Findings own) {
    if (text == null) {
      return null;
    }
    Duration duration = KubernetesDuration.parse(text);
    if (duration == null
        || duration.compareTo(SHORTEST_SESSION) < 0
        || duration.compareTo(LONGEST_SESSION) > 0) {
      own.invalid(field, "found " + text + "; STS takes 15m to 12h");
    }
    return duration;
  }
}
