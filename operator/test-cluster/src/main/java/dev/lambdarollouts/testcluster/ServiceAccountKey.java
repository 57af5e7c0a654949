package dev.lambdarollouts.testcluster;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;

/** The key pair with which the API server signs and checks the tokens of service accounts. */
record ServiceAccountKey(Path privateKey, Path publicKey) {

  static ServiceAccountKey createIn(Path folder) throws IOException {
    KeyPair pair = newPair();
    ServiceAccountKey key =
        new ServiceAccountKey(
            folder.resolve("service-account.key"), folder.resolve("service-account.pub"));
    Files.writeString(key.privateKey, pem("PRIVATE KEY", pair.getPrivate().getEncoded()));
    Files.writeString(key.publicKey, pem("PUBLIC KEY", pair.getPublic().getEncoded()));
    return key;
  }

  private static KeyPair newPair() {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(256);
      return generator.generateKeyPair();
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("this Java runtime has no elliptic curve keys", e);
    }
  }

  private static String pem(String kind, byte[] encoded) {
    String body = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(encoded);
    return "-----BEGIN " + kind + "-----\n" + body + "\n-----END " + kind + "-----\n";
  }
}
