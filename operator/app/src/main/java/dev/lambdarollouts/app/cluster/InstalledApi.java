package dev.lambdarollouts.app.cluster;

import dev.lambdarollouts.crds.LambdaRolloutsApi;
import io.fabric8.kubernetes.api.model.APIResource;
import io.fabric8.kubernetes.api.model.APIResourceList;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Whether the cluster serves our custom resources at all. */
public final class InstalledApi {

  private static final List<String> PLURALS =
      List.of(
          "lambdafunctions",
          "lambdastages",
          "rolloutstrategies",
          "lambdarollouts",
          "rolloutactions");

  private InstalledApi() {}

  /**
   * Asks the cluster, which anybody may who has logged in.
   *
   * @throws IllegalStateException when it does not serve all of them, with the remedy
   */
  public static void require(KubernetesClient client) {
    String version = LambdaRolloutsApi.GROUP + "/" + LambdaRolloutsApi.VERSION;
    APIResourceList served = client.getApiResources(version);
    Set<String> missing = new TreeSet<>(PLURALS);
    if (served != null) {
      missing.removeAll(
          served.getResources().stream().map(APIResource::getName).collect(Collectors.toSet()));
    }
    if (!missing.isEmpty()) {
      throw new IllegalStateException(
          "the cluster does not serve "
              + version
              + " "
              + String.join(", ", missing)
              + ": kubectl apply -f crds/manifests, or install the chart with crds.install");
    }
  }
}
