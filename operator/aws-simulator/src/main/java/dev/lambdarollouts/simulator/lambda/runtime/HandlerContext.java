package dev.lambdarollouts.simulator.lambda.runtime;

import java.io.PrintStream;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Lambda's Context for one run. A proxy, because the interface is the one that the handler's class
 * loader has, which may come from its own package.
 */
final class HandlerContext implements InvocationHandler {
  private final Execution execution;
  private final PrintStream log;
  private final long deadlineNanos;
  private final ClassLoader loader;

  private HandlerContext(Execution execution, PrintStream log, ClassLoader loader) {
    this.execution = execution;
    this.log = log;
    this.loader = loader;
    this.deadlineNanos = System.nanoTime() + execution.timeoutSeconds() * 1_000_000_000L;
  }

  static Object of(Class<?> contextType, Execution execution, PrintStream log) {
    ClassLoader loader = contextType.getClassLoader();
    return Proxy.newProxyInstance(
        loader, new Class<?>[] {contextType}, new HandlerContext(execution, log, loader));
  }

  @Override
  public @Nullable Object invoke(Object proxy, Method method, Object @Nullable [] arguments)
      throws Throwable {
    return switch (method.getName()) {
      case "getAwsRequestId" -> execution.requestId();
      case "getLogGroupName" -> execution.logGroup();
      case "getLogStreamName" -> execution.logStream();
      case "getFunctionName" -> execution.functionName();
      case "getFunctionVersion" -> execution.version();
      case "getInvokedFunctionArn" -> execution.invokedArn();
      case "getMemoryLimitInMB" -> execution.memoryMegabytes();
      case "getRemainingTimeInMillis" ->
          (int) Math.max(0, (deadlineNanos - System.nanoTime()) / 1_000_000);
      case "getLogger" ->
          Proxy.newProxyInstance(loader, new Class<?>[] {method.getReturnType()}, this::log);
      case "toString" -> "Context of " + execution;
      case "hashCode" -> hashCode();
      case "equals" ->
          arguments != null
              && Proxy.isProxyClass(arguments[0].getClass())
              && Proxy.getInvocationHandler(arguments[0]).equals(this);
      default ->
          method.isDefault() ? InvocationHandler.invokeDefault(proxy, method, arguments) : null;
    };
  }

  private @Nullable Object log(Object proxy, Method method, Object @Nullable [] arguments) {
    if (method.getName().equals("log") && arguments != null) {
      Object message = arguments[0];
      log.print(
          message instanceof byte[] bytes
              ? new String(bytes, StandardCharsets.UTF_8)
              : String.valueOf(message));
    }
    return method.getReturnType() == String.class ? "LambdaLogger" : null;
  }
}
