package dev.lambdarollouts.testcluster;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** Writes the file with which kubectl and every client find and enter the cluster. */
final class Kubeconfig {

  private Kubeconfig() {}

  static String yaml(String apiServerUrl, String caCertificate, String user, String token) {
    return """
    apiVersion: v1
    kind: Config
    current-context: test-cluster
    clusters:
    - name: test-cluster
      cluster:
        server: %s
        certificate-authority-data: %s
    contexts:
    - name: test-cluster
      context:
        cluster: test-cluster
        user: "%s"
    users:
    - name: "%s"
      user:
        token: %s
    """
        .formatted(
            apiServerUrl,
            Base64.getEncoder().encodeToString(caCertificate.getBytes(StandardCharsets.US_ASCII)),
            user,
            user,
            token);
  }
}
