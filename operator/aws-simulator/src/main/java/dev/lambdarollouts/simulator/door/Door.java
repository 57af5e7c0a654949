package dev.lambdarollouts.simulator.door;

import dev.lambdarollouts.simulator.identity.Accounts;
import dev.lambdarollouts.simulator.identity.Principal;
import dev.lambdarollouts.simulator.protocol.AwsError;
import dev.lambdarollouts.simulator.protocol.Json;
import dev.lambdarollouts.simulator.protocol.WireReply;
import dev.lambdarollouts.simulator.protocol.WireRequest;
import dev.lambdarollouts.simulator.service.AwsService;
import dev.lambdarollouts.simulator.service.CallContext;
import dev.lambdarollouts.simulator.service.RoutedCall;
import dev.lambdarollouts.simulator.time.Timeline;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Serves a request: finds the service by the credential scope, lets time catch up, strikes it with
 * the fault that was asked for, runs it and records it.
 */
public final class Door implements Reception {
  private final List<AwsService> services;
  private final AwsService downloads;
  private final Timeline timeline;
  private final Accounts accounts;
  private final Faults faults;
  private final Calls calls;
  private final @Nullable Quotas quotas;

  /**
   * A door to these services.
   *
   * @param downloads serves what presigned URLs of Lambda lead to
   * @param enforceQuotas whether calls above AWS' request quotas are throttled
   */
  public Door(
      List<AwsService> services,
      AwsService downloads,
      Timeline timeline,
      Accounts accounts,
      Faults faults,
      Calls calls,
      boolean enforceQuotas) {
    this.services = services;
    this.downloads = downloads;
    this.timeline = timeline;
    this.accounts = accounts;
    this.faults = faults;
    this.calls = calls;
    this.quotas = enforceQuotas ? new Quotas() : null;
  }

  @Override
  public @Nullable WireReply serve(WireRequest request) {
    String requestId = UUID.randomUUID().toString();
    Credential credential = Credential.of(request);
    if (credential == null) {
      if (faults.isDown(timeline.now())) {
        return null;
      }
      return plainError(
          new AwsError("MissingAuthenticationTokenException", 403, "Missing Authentication Token"),
          requestId);
    }
    AwsService service = service(request, credential.service());
    if (service == null) {
      return faults.isDown(timeline.now())
          ? null
          : UnknownService.reply(request, credential.service(), requestId);
    }
    return serve(request, credential, service, service.route(request), requestId);
  }

  private @Nullable WireReply serve(
      WireRequest request,
      Credential credential,
      AwsService service,
      RoutedCall call,
      String requestId) {
    Principal caller;
    Instant now = timeline.now();
    try {
      caller = accounts.whoIs(credential.accessKey(), credential.token(), now);
      if (caller.kind() != Principal.Kind.RUNNING_FUNCTION) {
        now = timeline.catchUp();
        caller = accounts.whoIs(credential.accessKey(), credential.token(), now);
      }
    } catch (AwsError unknown) {
      Attempt attempt = attempt(service, call, accounts.defaultAccount(), credential, now);
      if (faults.isDown(now)) {
        record(request, attempt, 0, null, false, requestId);
        return null;
      }
      return answered(
          request, attempt, call.errors().format(unknown, requestId), unknown, requestId);
    }
    Attempt attempt = attempt(service, call, caller.account(), credential, now);
    CallContext context =
        new CallContext(
            caller, credential.region(), now, requestId, String.valueOf(request.header("Host")));
    Fault fault = faults.isDown(now) ? new Fault.Cut(false) : faults.strike(attempt);
    if (fault == null && quotas != null && !quotas.admit(attempt)) {
      fault = Fault.throttled();
    }
    return run(request, call, attempt, context, fault);
  }

  private @Nullable WireReply run(
      WireRequest request,
      RoutedCall call,
      Attempt attempt,
      CallContext context,
      @Nullable Fault fault) {
    return switch (fault) {
      case Fault.Cut(boolean afterEffect) -> {
        boolean effect = afterEffect && run(call, context).error() == null;
        record(request, attempt, 0, null, effect, context.requestId());
        yield null;
      }
      case Fault.Silence(boolean afterEffect, Duration held) -> {
        boolean effect = afterEffect && run(call, context).error() == null;
        record(request, attempt, 0, null, effect, context.requestId());
        pause(held);
        yield null;
      }
      case Fault.Answer(boolean afterEffect, var makeError) -> {
        boolean effect = afterEffect && run(call, context).error() == null;
        AwsError error = makeError.apply(attempt);
        WireReply reply = call.errors().format(error, context.requestId());
        record(request, attempt, reply.status(), error.code(), effect, context.requestId());
        yield reply;
      }
      case Fault.Delay(Duration duration) -> {
        pause(duration);
        Result result = run(call, context);
        yield answered(request, attempt, result.reply(), result.error(), context.requestId());
      }
      case null -> {
        Result result = run(call, context);
        yield answered(request, attempt, result.reply(), result.error(), context.requestId());
      }
    };
  }

  private record Result(WireReply reply, @Nullable AwsError error) {}

  private Result run(RoutedCall call, CallContext context) {
    try {
      WireReply reply =
          call.exclusive()
              ? timeline.exclusively(() -> call.action().run(context))
              : call.action().run(context);
      return new Result(reply, null);
    } catch (AwsError error) {
      return new Result(call.errors().format(error, context.requestId()), error);
    }
  }

  private WireReply answered(
      WireRequest request,
      Attempt attempt,
      WireReply reply,
      @Nullable AwsError error,
      String requestId) {
    record(
        request,
        attempt,
        reply.status(),
        error == null ? null : error.code(),
        error == null,
        requestId);
    return reply;
  }

  private void record(
      WireRequest request,
      Attempt attempt,
      int status,
      @Nullable String errorCode,
      boolean tookEffect,
      String requestId) {
    String agent = request.header("User-Agent");
    calls.add(attempt, status, errorCode, tookEffect, requestId, agent == null ? "" : agent);
  }

  private @Nullable AwsService service(WireRequest request, String scope) {
    if (request.path().startsWith("/awslambda-")) {
      return downloads;
    }
    return services.stream().filter(one -> one.scope().equals(scope)).findFirst().orElse(null);
  }

  private static Attempt attempt(
      AwsService asked, RoutedCall call, String account, Credential credential, Instant at) {
    return new Attempt(
        call.service(), call.operation(), account, credential.region(), call.resource(), at, asked);
  }

  private static WireReply plainError(AwsError error, String requestId) {
    return new WireReply(
        error.status(),
        Map.of(
            "Content-Type",
            "application/x-amz-json-1.0",
            "x-amzn-ErrorType",
            error.code(),
            "x-amzn-RequestId",
            requestId),
        Json.write(Json.object().put("__type", error.code()).put("message", error.text())));
  }

  private static void pause(Duration duration) {
    try {
      Thread.sleep(duration);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
