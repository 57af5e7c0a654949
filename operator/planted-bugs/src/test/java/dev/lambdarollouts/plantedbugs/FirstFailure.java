package dev.lambdarollouts.plantedbugs;

import java.nio.file.Path;
import java.util.Set;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.engine.support.descriptor.ClassSource;
import org.junit.platform.engine.support.descriptor.MethodSource;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/**
 * A program of its own: runs the tests of one folder of classes up to the first that fails, names
 * it on a line of its own, and ends there.
 */
final class FirstFailure {
  static final String CAUGHT = "CAUGHT BY ";

  private FirstFailure() {}

  /**
   * Ends with 1 when a test failed, with 0 when none did.
   *
   * @param arguments the folder of test classes
   */
  public static void main(String[] arguments) {
    run(Path.of(arguments[0]));
    // Threads of what was tested may still wait for something that never comes.
    Runtime.getRuntime().halt(0);
  }

  private static void run(Path tests) {
    LauncherDiscoveryRequest request =
        LauncherDiscoveryRequestBuilder.request()
            .selectors(DiscoverySelectors.selectClasspathRoots(Set.of(tests)))
            .build();
    LauncherFactory.create()
        .execute(
            request,
            new TestExecutionListener() {
              @Override
              public void executionFinished(TestIdentifier test, TestExecutionResult result) {
                if (result.getStatus() == TestExecutionResult.Status.FAILED) {
                  System.out.println(CAUGHT + name(test));
                  System.out.flush();
                  Runtime.getRuntime().halt(1);
                }
              }
            });
  }

  private static String name(TestIdentifier test) {
    return switch (test.getSource().orElse(null)) {
      case MethodSource method -> simple(method.getClassName()) + "." + method.getMethodName();
      case ClassSource type -> simple(type.getClassName());
      case null, default -> test.getLegacyReportingName();
    };
  }

  private static String simple(String className) {
    return className.substring(className.lastIndexOf('.') + 1);
  }
}
