package dev.lambdarollouts.simulator.lambda.function;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** How a version comes to be. Nothing is published when nothing changed since the last version. */
public final class Publication {
  private final Functions functions;

  public Publication(Functions functions) {
    this.functions = functions;
  }

  /** Publishes $LATEST of a settled function: the version is Active at once. */
  public FunctionVersion settled(
      LambdaFunction function, @Nullable String description, Instant now) {
    FunctionVersion last = function.lastPublished();
    if (last != null && function.latest().sameAs(last)) {
      return last;
    }
    FunctionVersion version = publish(function, description, now);
    if (!version.setting("PackageType").equals("Zip")
        || !version
            .settings()
            .path("SnapStart")
            .path("ApplyOn")
            .asText()
            .equals("PublishedVersions")) {
      version.settle(version.revisionId());
    } else {
      functions.settleLater(function, version, now);
    }
    function.latest().changeRevision(functions.newRevisionId());
    return version;
  }

  /** Publishes as part of a creation or an update: the version is Pending for a while. */
  public FunctionVersion pending(
      LambdaFunction function, @Nullable String description, Instant now) {
    FunctionVersion last = function.lastPublished();
    if (last != null && function.latest().sameAs(last)) {
      return last;
    }
    FunctionVersion version = publish(function, description, now);
    functions.settleLater(function, version, now);
    return version;
  }

  private FunctionVersion publish(
      LambdaFunction function, @Nullable String description, Instant now) {
    String number = functions.nextVersion(function.arn());
    FunctionVersion version =
        function.latest().publish(number, description, now, functions.newRevisionId());
    function.versions().put(Integer.parseInt(number), version);
    return version;
  }
}
