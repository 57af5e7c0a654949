package dev.lambdarollouts.simulator.identity;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lambdarollouts.simulator.keep.Blobs;
import dev.lambdarollouts.simulator.keep.KeptState;
import dev.lambdarollouts.simulator.protocol.AwsError;
import dev.lambdarollouts.simulator.protocol.Json;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Tells who a caller is by its access key. A key of 12 digits is the account of that number, keys
 * of sessions that were issued here belong to their role's account, and every other key is the
 * default account's. Signatures are not checked.
 */
public final class Accounts implements KeptState {
  /** Keys that were issued here begin so: one that is not known (any more) is invalid. */
  private static final String ISSUED = "ASIASIM";

  private static final String ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

  private final String defaultAccount;
  private final RandomGenerator random;
  private final Map<String, Session> sessions = new ConcurrentHashMap<>();

  public Accounts(String defaultAccount, RandomGenerator random) {
    this.defaultAccount = defaultAccount;
    this.random = random;
  }

  public String defaultAccount() {
    return defaultAccount;
  }

  /**
   * The principal behind a key.
   *
   * @throws AwsError when the key was issued here and is unknown, expired or comes with another
   *     session's token
   */
  public Principal whoIs(String accessKey, @Nullable String token, Instant now) {
    if (accessKey.matches("\\d{12}")) {
      return Principal.user(accessKey);
    }
    if (!accessKey.startsWith(ISSUED)) {
      return Principal.user(defaultAccount);
    }
    Session session = sessions.get(accessKey);
    if (session == null || !session.sessionToken().equals(token)) {
      throw new AwsError(
              "UnrecognizedClientException",
              403,
              "The security token included in the request is invalid.")
          .queryCode("InvalidClientTokenId");
    }
    if (!now.isBefore(session.expiration())) {
      throw new AwsError(
              "ExpiredTokenException", 403, "The security token included in the request is expired")
          .queryCode("ExpiredToken");
    }
    return session.principal();
  }

  /** Issues temporary credentials. */
  public Session issue(
      Principal principal, Instant now, Duration lifetime, Map<String, String> tags) {
    Session session =
        new Session(
            ISSUED + letters(13),
            secret(30),
            secret(96),
            now.plus(lifetime),
            principal,
            Map.copyOf(tags));
    sessions.put(session.accessKeyId(), session);
    return session;
  }

  /** Ends a session early: the next call with it is refused as expired. */
  public void expire(String accessKeyId) {
    sessions.computeIfPresent(
        accessKeyId,
        (key, session) ->
            new Session(
                key,
                session.secretAccessKey(),
                session.sessionToken(),
                Instant.EPOCH,
                session.principal(),
                session.tags()));
  }

  /** Ends all sessions that roles were assumed for. */
  public void expireAll() {
    sessions.keySet().forEach(this::expire);
  }

  @Override
  public String part() {
    return "sessions";
  }

  @Override
  public ObjectNode save(Blobs blobs) {
    ObjectNode tree = Json.object();
    sessions.forEach((key, session) -> tree.set(key, session.save()));
    return tree;
  }

  @Override
  public void restore(ObjectNode saved, Blobs blobs) {
    for (Map.Entry<String, JsonNode> entry : saved.properties()) {
      sessions.put(entry.getKey(), Session.restore(entry.getKey(), entry.getValue()));
    }
  }

  /** The unique id that AWS gives a role, made from its ARN so that it does not change. */
  public static String roleId(String roleArn) {
    String digits = Integer.toUnsignedString(roleArn.hashCode(), 32).toUpperCase(Locale.ROOT);
    return "AROASIM" + "0".repeat(Math.max(0, 14 - digits.length())) + digits;
  }

  private String letters(int count) {
    StringBuilder text = new StringBuilder(count);
    for (int i = 0; i < count; i++) {
      text.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
    }
    return text.toString();
  }

  private String secret(int bytes) {
    byte[] raw = new byte[bytes];
    random.nextBytes(raw);
    return Base64.getEncoder().encodeToString(raw);
  }
}
