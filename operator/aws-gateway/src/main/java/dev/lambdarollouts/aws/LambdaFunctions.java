package dev.lambdarollouts.aws;

import dev.lambdarollouts.aws.FunctionMemory.Settled;
import dev.lambdarollouts.engine.fact.AwsFailure;
import dev.lambdarollouts.engine.fact.AwsFailure.Kind;
import dev.lambdarollouts.engine.fact.Custody;
import dev.lambdarollouts.engine.fact.FunctionFact;
import dev.lambdarollouts.engine.fact.FunctionFact.DeployStep;
import dev.lambdarollouts.engine.fact.LatestTraffic;
import dev.lambdarollouts.engine.fact.ListedVersion;
import dev.lambdarollouts.engine.fact.ReleaseId;
import dev.lambdarollouts.engine.fact.SideFact;
import dev.lambdarollouts.engine.fact.SideSettings;
import dev.lambdarollouts.engine.fact.VersionFact;
import dev.lambdarollouts.engine.fact.VersionNumber;
import dev.lambdarollouts.engine.port.AwsReply;
import dev.lambdarollouts.engine.port.FunctionDefinition;
import dev.lambdarollouts.engine.port.FunctionDefinition.Code;
import dev.lambdarollouts.engine.port.FunctionPort;
import dev.lambdarollouts.engine.port.Owner;
import dev.lambdarollouts.engine.port.Urgency;
import dev.lambdarollouts.engine.progress.SideSetting;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.function.Supplier;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.lambda.model.GetFunctionResponse;

/** Functions over the Lambda API. */
final class LambdaFunctions implements FunctionPort {
  private final LambdaClient lambda;
  private final AwsCalls calls;
  private final FunctionMemory memory;
  private final LatestReading reading;
  private final LambdaVersions versions;
  private final LambdaCleanUp cleanUp;
  private final LambdaOwnership ownership;
  private final LambdaSide side;

  LambdaFunctions(LambdaClient lambda, AwsCalls calls, ReleaseHash releases) {
    this.lambda = lambda;
    this.calls = calls;
    this.memory = new FunctionMemory();
    this.reading = new LatestReading(memory, releases);
    this.versions = new LambdaVersions(lambda, calls, memory);
    this.cleanUp = new LambdaCleanUp(lambda, calls);
    this.ownership = new LambdaOwnership(lambda, calls);
    this.side = new LambdaSide(lambda, calls);
  }

  @Override
  public FunctionFact read(FunctionDefinition wanted, Owner owner) {
    return switch (latest(wanted.name())) {
      case AwsReply.Done<GetFunctionResponse>(GetFunctionResponse is) ->
          reading.judge(is, wanted, owner);
      case AwsReply.Failed<GetFunctionResponse>(AwsFailure failure)
          when failure.kind() == Kind.NOT_FOUND ->
          new FunctionFact.Absent();
      case AwsReply.Failed<GetFunctionResponse>(AwsFailure failure) ->
          new FunctionFact.Unknown(failure);
    };
  }

  @Override
  public AwsReply<FunctionFact> deploy(DeployStep step, FunctionDefinition wanted, Owner owner) {
    if (step == DeployStep.CREATE) {
      return create(wanted, owner);
    }
    Settled settled = memory.settled(wanted.name());
    if (settled == null) {
      FunctionFact fact = read(wanted, owner);
      settled = memory.settled(wanted.name());
      if (settled == null
          || !(fact instanceof FunctionFact.Behind behind && behind.next() == step)) {
        // What was decided on is gone; what was read instead is as good as a reply.
        return new AwsReply.Done<>(fact);
      }
    }
    return step == DeployStep.CODE ? code(wanted, settled) : configuration(wanted, settled);
  }

  private AwsReply<FunctionFact> create(FunctionDefinition wanted, Owner owner) {
    CodePackage code = CodePackage.of(wanted.code());
    var request = FunctionRequests.create(wanted, code, owner);
    return changed(
        Api.CREATE_FUNCTION,
        wanted,
        "CreateFunction sent",
        () -> {
          remember(wanted, code, lambda.createFunction(request).codeSha256());
          return true;
        });
  }

  private AwsReply<FunctionFact> configuration(FunctionDefinition wanted, Settled settled) {
    var request = FunctionRequests.configuration(wanted, settled);
    String what =
        settled.differing().isEmpty()
            ? "UpdateFunctionConfiguration sent again"
            : "UpdateFunctionConfiguration sent ("
                + ConfigurationMember.fields(settled.differing())
                + ")";
    return changed(
        Api.UPDATE_FUNCTION_CONFIGURATION,
        wanted,
        after(what, settled),
        () -> {
          lambda.updateFunctionConfiguration(request);
          return true;
        });
  }

  private AwsReply<FunctionFact> code(FunctionDefinition wanted, Settled settled) {
    CodePackage code = CodePackage.of(wanted.code());
    var request = FunctionRequests.code(wanted, code, settled);
    return changed(
        Api.UPDATE_FUNCTION_CODE,
        wanted,
        after("UpdateFunctionCode sent", settled),
        () -> {
          remember(wanted, code, lambda.updateFunctionCode(request).codeSha256());
          return true;
        });
  }

  private AwsReply<FunctionFact> changed(
      Api api, FunctionDefinition wanted, String what, Supplier<Boolean> call) {
    AwsReply<Boolean> reply = calls.run(api, Urgency.DEPLOY, wanted.environment().values(), call);
    memory.unsettle(wanted.name());
    return switch (reply) {
      case AwsReply.Done<Boolean> _ -> new AwsReply.Done<>(new FunctionFact.Settling(what));
      case AwsReply.Failed<Boolean>(AwsFailure failure) ->
          new AwsReply.Failed<>(
              new AwsFailure(
                  failure.kind(), failure.operation(), failure.message() + about(failure, wanted)));
    };
  }

  /** AWS names neither the bucket that it did not find nor the role that it may not pass. */
  private static String about(AwsFailure failure, FunctionDefinition wanted) {
    if (failure.message().contains("S3 Error") && wanted.code() instanceof Code.S3 code) {
      return "; spec.code.s3 is bucket "
          + code.bucket()
          + ", key "
          + code.key()
          + ": upload it, correct it, or let the operator read it (docs/iam.md)";
    }
    boolean role =
        failure.message().contains("PassRole") || failure.message().contains("cannot be assumed");
    return role
        ? "; spec.role is "
            + wanted.role()
            + ": correct it, let Lambda assume it, or let the operator pass it (docs/iam.md)"
        : "";
  }

  private void remember(FunctionDefinition wanted, CodePackage code, String codeSha256) {
    if (code instanceof CodePackage.S3 s3 && codeSha256 != null) {
      memory.sent(wanted.name(), s3.object(), codeSha256);
    }
  }

  private static String after(String what, Settled settled) {
    return settled.lastFailure() == null ? what : what + ", after " + settled.lastFailure();
  }

  @Override
  public VersionFact find(String functionName, ReleaseId release) {
    return versions.find(functionName, release);
  }

  @Override
  public VersionFact version(String functionName, VersionNumber number) {
    return versions.version(functionName, number);
  }

  @Override
  public AwsReply<VersionFact.Published> publish(
      String functionName, ReleaseId release, String codeSha256) {
    return versions.publish(functionName, release, codeSha256);
  }

  @Override
  public AwsReply<List<ListedVersion>> versions(String functionName, Owner owner, Instant at) {
    return cleanUp.versions(functionName, owner, at);
  }

  @Override
  public AwsReply<Boolean> delete(String functionName, VersionNumber version) {
    return cleanUp.delete(functionName, version);
  }

  @Override
  public Custody custody(String functionName, Owner owner) {
    return ownership.custody(functionName, owner);
  }

  @Override
  public AwsReply<Boolean> claim(String functionName, Owner owner) {
    return ownership.claim(functionName, owner);
  }

  @Override
  public LatestTraffic latestTraffic(String functionName, String alias) {
    return LambdaEntrances.of(lambda, calls, functionName, alias);
  }

  @Override
  public AwsReply<VersionNumber> publishLatest(String functionName) {
    memory.unsettle(functionName);
    return ownership.publishLatest(functionName);
  }

  @Override
  public AwsReply<Boolean> takeOver(String functionName, String from, Owner owner) {
    return ownership.takeOver(functionName, from, owner);
  }

  @Override
  public AwsReply<Boolean> deleteFunction(String functionName, Owner owner) {
    return ownership.deleteFunction(functionName, owner);
  }

  @Override
  public VersionFact newest(String functionName) {
    return versions.newest(functionName);
  }

  @Override
  public FunctionFact ownership(String functionName, Owner owner) {
    return ownership.ownership(functionName, owner);
  }

  @Override
  public SideFact beside(
      String functionName, Owner owner, SideSettings wanted, Collection<SideSetting> what) {
    return side.beside(functionName, owner, wanted, what);
  }

  @Override
  public AwsReply<Boolean> set(String functionName, SideSettings wanted, SideSetting what) {
    return side.set(functionName, wanted, what);
  }

  @Override
  public AwsReply<Boolean> takeBack(String functionName, SideSetting what) {
    return side.takeBack(functionName, what);
  }

  @Override
  public AwsReply<Boolean> disown(String functionName, Owner owner) {
    return ownership.disown(functionName, owner);
  }

  private AwsReply<GetFunctionResponse> latest(String functionName) {
    return calls.run(
        Api.GET_FUNCTION,
        Urgency.DEPLOY,
        () -> lambda.getFunction(get -> get.functionName(functionName)));
  }
}
