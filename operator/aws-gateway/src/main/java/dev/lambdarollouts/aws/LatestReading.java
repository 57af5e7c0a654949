package dev.lambdarollouts.aws;

import dev.lambdarollouts.engine.fact.AwsFailure;
import dev.lambdarollouts.engine.fact.AwsFailure.Kind;
import dev.lambdarollouts.engine.fact.FunctionFact;
import dev.lambdarollouts.engine.fact.FunctionFact.DeployStep;
import dev.lambdarollouts.engine.port.FunctionDefinition;
import dev.lambdarollouts.engine.port.Owner;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.lambda.model.EnvironmentError;
import software.amazon.awssdk.services.lambda.model.FunctionConfiguration;
import software.amazon.awssdk.services.lambda.model.GetFunctionResponse;
import software.amazon.awssdk.services.lambda.model.TagsError;

/**
 * Holds what GetFunction reports of {@code $LATEST} against what is wanted, in this order: whose it
 * is, whether it is at rest, its configuration, its code. A step that failed in AWS comes again.
 */
final class LatestReading {
  private final FunctionMemory memory;
  private final ReleaseHash releases;

  LatestReading(FunctionMemory memory, ReleaseHash releases) {
    this.memory = memory;
    this.releases = releases;
  }

  FunctionFact judge(GetFunctionResponse is, FunctionDefinition wanted, Owner owner) {
    memory.unsettle(wanted.name());
    TagsError tagsError = is.tagsError();
    if (tagsError != null) {
      return unreadable(
          "the function's tags cannot be read (lambda:ListTags)",
          tagsError.errorCode(),
          tagsError.message());
    }
    if (OwnerTags.none(is.tags())) {
      return new FunctionFact.Unclaimed();
    }
    String another = OwnerTags.another(is.tags(), owner);
    if (another != null) {
      return new FunctionFact.OwnedByAnother(another);
    }
    FunctionConfiguration configuration = is.configuration();
    FunctionFact unsettled = LatestState.unsettled(configuration);
    if (unsettled != null) {
      return unsettled;
    }
    EnvironmentError environmentError =
        configuration.environment() == null ? null : configuration.environment().error();
    if (environmentError != null) {
      return unreadable(
          "the function's environment cannot be read (kms:Decrypt on its key)",
          environmentError.errorCode(),
          environmentError.message());
    }
    return compare(is, wanted);
  }

  private FunctionFact compare(GetFunctionResponse is, FunctionDefinition wanted) {
    FunctionConfiguration configuration = is.configuration();
    Set<ConfigurationMember> differing =
        ConfigurationMember.differing(
            FunctionSettings.wanted(wanted), FunctionSettings.reported(configuration));
    String failure = LatestState.failure(configuration);
    boolean created = OwnerTags.created(is.tags());
    memory.settled(
        wanted.name(), new FunctionMemory.Settled(configuration.revisionId(), differing, failure));
    if (!differing.isEmpty()) {
      return new FunctionFact.Behind(DeployStep.CONFIGURATION, created);
    }
    if (!hasCode(is, wanted)) {
      return new FunctionFact.Behind(DeployStep.CODE, created);
    }
    if (failure != null) {
      return new FunctionFact.Behind(DeployStep.CONFIGURATION, created);
    }
    memory.ready(wanted.name(), releases.of(wanted), configuration.revisionId());
    return new FunctionFact.Ready(configuration.codeSha256());
  }

  private boolean hasCode(GetFunctionResponse is, FunctionDefinition wanted) {
    FunctionConfiguration configuration = is.configuration();
    if (!configuration.architecturesAsStrings().isEmpty()
        && !configuration.architecturesAsStrings().equals(FunctionRequests.architectures(wanted))) {
      return false;
    }
    String codeSha256 = configuration.codeSha256();
    return switch (CodePackage.of(wanted.code())) {
      case CodePackage.Zip zip -> zip.codeSha256().equals(codeSha256);
      case CodePackage.Image image -> is.code() != null && image.uri().equals(is.code().imageUri());
      case CodePackage.S3 s3 -> memory.cameFrom(wanted.name(), s3.object(), codeSha256);
    };
  }

  private static FunctionFact unreadable(
      String what, @Nullable String code, @Nullable String message) {
    return new FunctionFact.Unknown(
        new AwsFailure(
            Kind.DENIED, Api.GET_FUNCTION.operation(), what + LatestState.because(code, message)));
  }
}
