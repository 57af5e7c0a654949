package dev.lambdarollouts.controllers.translate;

import dev.lambdarollouts.controllers.translate.ConfigSource.Lookup;
import dev.lambdarollouts.crds.stage.LambdaStage;
import dev.lambdarollouts.engine.port.AccessKeys;
import dev.lambdarollouts.engine.port.StageTarget.AccessKeySecret;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Access keys out of the Secret that a stage's {@code credentials.secretRef} names. No finding ever
 * shows a value.
 */
public final class AccessKeyReading {
  private static final String ID = "aws_access_key_id";
  static final String SECRET = "aws_secret_access_key";
  private static final String TOKEN = "aws_session_token";

  /** By the IAM API's AccessKeyMetadata. */
  private static final Pattern IDS = Pattern.compile("\\w{1,128}");

  private final FieldPath at;
  private final AccessKeySecret secret;
  private final Findings findings;

  private AccessKeyReading(FieldPath at, AccessKeySecret secret, Findings findings) {
    this.at = at;
    this.secret = secret;
    this.findings = findings;
  }

  /** What can be used now; absent where there is nothing, or something is wrong with it. */
  public static @Nullable AccessKeys keys(AccessKeySecret secret, ConfigSource configs) {
    return read(secret, FieldPath.spec("LambdaStage", "any"), configs, new Findings());
  }

  /**
   * What is wrong with a stage's Secret, and what to do.
   *
   * @return absent when all is well, or it names none
   */
  public static @Nullable String problem(
      LambdaStage stage, @Nullable AccessKeySecret secret, ConfigSource configs) {
    Findings findings = new Findings();
    FieldPath at = FieldPath.spec("LambdaStage", stage.getMetadata().getName());
    if (secret != null) {
      read(secret, field(at), configs, findings);
    }
    return switch (findings.outcome(null)) {
      case StageWanted.Invalid invalid ->
          invalid.field().substring(at.object().length() + 2) + ": " + invalid.message();
      case StageWanted.Missing missing -> missing.message();
      case StageWanted.Known known -> null;
      case null -> null;
    };
  }

  static FieldPath field(FieldPath stage) {
    return stage.at("credentials.secretRef");
  }

  /** Absent when it is a finding. */
  static @Nullable AccessKeys read(
      AccessKeySecret secret, FieldPath at, ConfigSource configs, Findings findings) {
    AccessKeyReading reading = new AccessKeyReading(at, secret, findings);
    return switch (configs.secret(secret.name())) {
      case Lookup.Found(var data) -> reading.keys(data);
      case Lookup.Missing() -> {
        findings.missing(Texts.doesNotExist("Secret", secret.name(), at));
        yield null;
      }
      case Lookup.NotAllowed(String setting) -> {
        findings.invalid(
            at, Texts.notAllowed("Secret", secret.name(), secret.namespace(), setting));
        yield null;
      }
    };
  }

  private @Nullable AccessKeys keys(Map<String, byte[]> data) {
    String id = id(value(data, ID, true));
    String secretKey = value(data, SECRET, true);
    String token = value(data, TOKEN, false);
    boolean brokenToken = token == null && data.containsKey(TOKEN);
    return id == null || secretKey == null || brokenToken
        ? null
        : new AccessKeys(id, secretKey, token);
  }

  /** A secret key in its place would be repeated by AWS: told apart by what no id has. */
  private @Nullable String id(@Nullable String found) {
    if (found == null || IDS.matcher(found).matches()) {
      return found;
    }
    findings.invalid(
        at,
        "Secret "
            + secret.name()
            + ", key "
            + ID
            + ": is no access key id, which has letters, digits and _ only; were the two keys"
            + " swapped?");
    return null;
  }

  private @Nullable String value(Map<String, byte[]> data, String key, boolean required) {
    byte[] bytes = data.get(key);
    if (bytes == null || bytes.length == 0) {
      if (required || bytes != null) {
        findings.invalid(
            at,
            "Secret "
                + secret.name()
                + (bytes == null ? " lacks the key " : " has nothing under the key ")
                + key
                + ": add it"
                + (required ? "" : ", or remove the key"));
      }
      return null;
    }
    String text = new String(bytes, StandardCharsets.UTF_8);
    if (!text.chars().allMatch(one -> one > ' ' && one < 0x7f)) {
      findings.invalid(
          at,
          "Secret "
              + secret.name()
              + ", key "
              + key
              + ": holds a blank, a line break or something else that no access key has; write it"
              + " without, as by kubectl create secret generic --from-literal");
      return null;
    }
    return text;
  }
}
