package dev.lambdarollouts.app.logging;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.encoder.Encoder;
import dev.lambdarollouts.app.configuration.OperatorConfiguration.Log;
import java.io.Console;
import java.util.Map;
import net.logstash.logback.encoder.LogstashEncoder;
import net.logstash.logback.fieldnames.LogstashFieldNames;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends the log to standard output in the format that was chosen. Each line carries its context:
 * what JOSDK puts into the MDC about the object that is reconciled, and the key-value pairs of the
 * call.
 */
public final class LogOutput {

  /** JOSDK's MDC keys, and what we call them. */
  private static final Map<String, String> CONTEXT =
      Map.of(
          "resource.kind", "kind",
          "resource.namespace", "namespace",
          "resource.name", "name",
          "resource.generation", "generation",
          "resource.resourceVersion", "resourceVersion",
          "resource.uid", "uid",
          "resource.apiVersion", "apiVersion");

  private static final String PATTERN =
      "%d{HH:mm:ss.SSS} %-5level %-36logger{36}"
          + " %replace([%X{resource.namespace}/%X{resource.name}] ){'\\[/\\] ',''}%msg%replace("
          + " %kvp){'^ $',''}%n";

  /** Libraries that tell of their own doings at INFO. */
  private static final Map<String, Level> QUIETER =
      Map.of(
          "io.javaoperatorsdk", Level.WARN,
          "Default ConfigurationService implementation", Level.WARN,
          "io.fabric8", Level.WARN,
          // Warns at each start that v1alpha1 is no stable version.
          "io.fabric8.kubernetes.client.dsl.internal.VersionUsageUtils", Level.ERROR);

  private LogOutput() {}

  /** From now on the log is written so, and no other way. */
  public static void write(Log log) {
    LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
    context.reset();
    ConsoleAppender<ILoggingEvent> output = new ConsoleAppender<>();
    output.setContext(context);
    output.setName("stdout");
    output.setEncoder(isJson(log.format()) ? json(context) : text(context));
    output.start();
    ch.qos.logback.classic.Logger root = context.getLogger(Logger.ROOT_LOGGER_NAME);
    Level level = Level.valueOf(log.level().name());
    root.setLevel(level);
    root.addAppender(output);
    if (level.equals(Level.INFO)) {
      QUIETER.forEach((name, quieter) -> context.getLogger(name).setLevel(quieter));
    }
  }

  private static boolean isJson(Log.Format format) {
    return switch (format) {
      case JSON -> true;
      case CONSOLE -> false;
      case AUTO -> !hasTerminal();
    };
  }

  // Error Prone knows only JDK 22's console, which is never null; a later JDK's is, without
  // terminal.
  @SuppressWarnings("SystemConsoleNull")
  private static boolean hasTerminal() {
    Console console = System.console();
    return console != null && console.isTerminal();
  }

  private static Encoder<ILoggingEvent> json(LoggerContext context) {
    LogstashEncoder encoder = new LogstashEncoder();
    encoder.setContext(context);
    LogstashFieldNames names = new LogstashFieldNames();
    names.setTimestamp("time");
    names.setVersion("[ignore]");
    names.setLevelValue("[ignore]");
    names.setThread("thread");
    names.setLogger("logger");
    names.setStackTrace("stack");
    encoder.setFieldNames(names);
    encoder.setTimeZone("UTC");
    CONTEXT.forEach((key, name) -> encoder.addMdcKeyFieldName(key + "=" + name));
    encoder.start();
    return encoder;
  }

  private static Encoder<ILoggingEvent> text(LoggerContext context) {
    PatternLayoutEncoder encoder = new PatternLayoutEncoder();
    encoder.setContext(context);
    encoder.setPattern(PATTERN);
    encoder.start();
    return encoder;
  }
}
