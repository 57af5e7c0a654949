package dev.lambdarollouts.app.cluster;

import dev.lambdarollouts.aws.InstallationIdentity;
import dev.lambdarollouts.controllers.translate.WithheldSecret;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.HttpURLConnection;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The Secret in which the installation's identity is kept. Made once, immutable, and to be restored
 * with the manifests when a cluster is: without it every function in AWS is another installation's.
 */
public final class IdentitySecret {

  /** Its name. */
  public static final String NAME = WithheldSecret.IDENTITY;

  private static final Logger LOG = LoggerFactory.getLogger(IdentitySecret.class);
  private static final String ID = "id";
  private static final String KEY = "key";
  private static final int ID_BYTES = 8;
  private static final int KEY_BYTES = 32;
  private static final Pattern ID_FORM = Pattern.compile("[0-9a-f]{16}");

  private IdentitySecret() {}

  /**
   * Reads the identity, or makes it when there is none. Of several who start at once one makes it
   * and all take that one.
   *
   * @throws IllegalStateException when what stands there is no identity
   * @throws KubernetesClientException when the cluster does not answer or refuses
   */
  public static InstallationIdentity readOrMake(KubernetesClient client, String namespace) {
    Secret there = read(client, namespace);
    if (there == null) {
      there = make(client, namespace);
    }
    return identity(there, namespace);
  }

  private static Secret make(KubernetesClient client, String namespace) {
    try {
      Secret made = client.secrets().inNamespace(namespace).resource(fresh()).create();
      LOG.info(
          "made this installation's identity: Secret {}/{}. Keep a copy of it with your manifests.",
          namespace,
          NAME);
      return made;
    } catch (KubernetesClientException e) {
      Secret others =
          e.getCode() == HttpURLConnection.HTTP_CONFLICT ? read(client, namespace) : null;
      if (others == null) {
        throw e;
      }
      return others;
    }
  }

  private static @Nullable Secret read(KubernetesClient client, String namespace) {
    return client.secrets().inNamespace(namespace).withName(NAME).get();
  }

  private static Secret fresh() {
    SecureRandom random = new SecureRandom();
    byte[] id = new byte[ID_BYTES];
    byte[] key = new byte[KEY_BYTES];
    random.nextBytes(id);
    random.nextBytes(key);
    return new SecretBuilder()
        .withNewMetadata()
        .withName(NAME)
        .addToLabels("app.kubernetes.io/part-of", "lambda-rollouts")
        .endMetadata()
        .withType("lambdarollouts.dev/identity")
        .withImmutable(true)
        .withData(
            Map.of(
                ID, base64(HexFormat.of().formatHex(id).getBytes(StandardCharsets.US_ASCII)),
                KEY, base64(key)))
        .build();
  }

  private static InstallationIdentity identity(Secret secret, String namespace) {
    Map<String, String> data = secret.getData() == null ? Map.of() : secret.getData();
    String id = new String(bytes(data.get(ID)), StandardCharsets.US_ASCII);
    byte[] key = bytes(data.get(KEY));
    if (!ID_FORM.matcher(id).matches() || key.length < KEY_BYTES) {
      throw new IllegalStateException(
          "Secret "
              + namespace
              + "/"
              + NAME
              + " is no identity: it needs data.id (16 hexadecimal digits) and data.key (at least "
              + KEY_BYTES
              + " bytes). Restore it from your backup. Delete it only when nothing in AWS is owned"
              + " by this installation yet: a new one is made at the next start.");
    }
    return new InstallationIdentity(id, key);
  }

  private static byte[] bytes(@Nullable String base64) {
    try {
      return base64 == null ? new byte[0] : Base64.getDecoder().decode(base64);
    } catch (IllegalArgumentException e) {
      return new byte[0];
    }
  }

  private static String base64(byte[] bytes) {
    return Base64.getEncoder().encodeToString(bytes);
  }
}
