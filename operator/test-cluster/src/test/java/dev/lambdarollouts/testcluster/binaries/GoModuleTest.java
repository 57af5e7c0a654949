package dev.lambdarollouts.testcluster.binaries;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class GoModuleTest {

  private static final BinaryRelease RELEASE = new BinaryRelease("1.35.4", "3.6.16");

  @Test
  void takesOverTheRequirementsAndReplacesTheStagingModulesByTheirReleases() {
    assertThat(GoModule.forKubernetes(UPSTREAM, RELEASE)).isEqualTo(OURS);
  }

  @Test
  void refusesAGoModThatTheRecipeDoesNotKnow() {
    assertThatThrownBy(
            () -> GoModule.forKubernetes("module k8s.io/kubernetes\n\ngo 1.40\n", RELEASE))
        .hasMessageContaining("v1.35.4")
        .hasMessageContaining("replaces no staging module");
  }

  @Test
  void etcdNeedsNoMoreThanItself() {
    assertThat(GoModule.forEtcd(RELEASE))
        .contains("require go.etcd.io/etcd/server/v3 v3.6.16")
        .doesNotContain("replace");
  }

  @Test
  void findsTheFileThatGoDownloaded() {
    assertThat(
            GoModule.goModFile(
                """
                go: downloading k8s.io/kubernetes v1.35.4
                {
                	"Path": "k8s.io/kubernetes",
                	"GoMod": "/cache/@v/v1.35.4.mod",
                	"GoModSum": "h1:abc="
                }
                """))
        .isEqualTo("/cache/@v/v1.35.4.mod");
    assertThatThrownBy(() -> GoModule.goModFile("{\"Error\": \"not found\"}"))
        .hasMessageContaining("not found");
  }

  private static final String UPSTREAM =
      """
      // This is a generated file. Do not edit directly.

      module k8s.io/kubernetes

      go 1.25.0

      godebug default=go1.25

      require (
      	github.com/google/cel-go v0.26.0
      	github.com/armon/circbuf v0.0.0-20190214190532-5111143e8da2
      	k8s.io/api v0.0.0
      	k8s.io/klog/v2 v2.130.1
      	k8s.io/utils v0.0.0-20251002143259-bc988d571ff4
      )

      require (
      	cel.dev/expr v0.24.0 // indirect
      	k8s.io/apimachinery v0.0.0 // indirect
      )

      replace (
      	k8s.io/api => ./staging/src/k8s.io/api
      	k8s.io/apimachinery => ./staging/src/k8s.io/apimachinery
      )
      """;

  private static final String OURS =
      """
      module test-cluster/kubernetes

      go 1.25.0

      godebug default=go1.25

      require (
      	github.com/google/cel-go v0.26.0
      	github.com/armon/circbuf v0.0.0-20190214190532-5111143e8da2
      	k8s.io/api v0.35.4
      	k8s.io/klog/v2 v2.130.1
      	k8s.io/utils v0.0.0-20251002143259-bc988d571ff4
      )

      require (
      	cel.dev/expr v0.24.0 // indirect
      	k8s.io/apimachinery v0.35.4 // indirect
      )

      require k8s.io/kubernetes v1.35.4

      replace k8s.io/api => k8s.io/api v0.35.4
      replace k8s.io/apimachinery => k8s.io/apimachinery v0.35.4
      """;
}
