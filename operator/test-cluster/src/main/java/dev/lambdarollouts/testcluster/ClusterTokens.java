package dev.lambdarollouts.testcluster;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The users of one cluster and the random token of each. */
final class ClusterTokens {

  private static final SecureRandom RANDOM = new SecureRandom();

  private final Map<ClusterUser, String> tokens = new LinkedHashMap<>();

  ClusterTokens(List<ClusterUser> users) {
    List<ClusterUser> all = new ArrayList<>(List.of(ClusterUser.ADMIN));
    all.addAll(users);
    for (ClusterUser user : all) {
      if (tokenOf(user.name()).isPresent()) {
        throw new IllegalArgumentException("the user '" + user.name() + "' is declared twice");
      }
      byte[] token = new byte[24];
      RANDOM.nextBytes(token);
      tokens.put(user, HexFormat.of().formatHex(token));
    }
  }

  Optional<String> tokenOf(String userName) {
    return tokens.entrySet().stream()
        .filter(entry -> entry.getKey().name().equals(userName))
        .map(Map.Entry::getValue)
        .findFirst();
  }

  String adminToken() {
    return tokenOf(ClusterUser.ADMIN.name()).orElseThrow();
  }

  List<String> userNames() {
    return tokens.keySet().stream().map(ClusterUser::name).toList();
  }

  /** Writes kube-apiserver's {@code --token-auth-file}: token, name, uid, groups. */
  void writeTo(Path file) throws IOException {
    StringBuilder csv = new StringBuilder();
    tokens.forEach(
        (user, token) ->
            csv.append(token)
                .append(",\"%s\",\"%s\",\"".formatted(user.name(), user.name()))
                .append(String.join(",", user.groups()))
                .append("\"\n"));
    Files.createFile(
        file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    Files.writeString(file, csv);
  }
}
