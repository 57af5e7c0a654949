package dev.lambdarollouts.simulator;

import dev.lambdarollouts.simulator.control.ControlApi;
import dev.lambdarollouts.simulator.keep.DataFileException;
import dev.lambdarollouts.simulator.service.Location;
import dev.lambdarollouts.simulator.time.AcceleratedTime;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Starts the simulator alone, for any AWS client. */
@Command(
    name = "aws-simulator",
    mixinStandardHelpOptions = true,
    version = "0.1.0",
    description =
        "An AWS in one process: Lambda, CloudWatch and its Logs, STS and as much S3 as a code"
            + " bucket needs. Point a client at it with AWS_ENDPOINT_URL. State lives in memory, or"
            + " in a file with --data-file. Faults, time, traffic, calls and a page that shows what"
            + " is there are at /_simulator.")
final class AwsSimulatorMain implements Callable<Integer> {
  private static final long MOST_SECONDS_TO_STOP = 60;

  @Option(
      names = "--port",
      defaultValue = "4566",
      description = "Port to listen on, 0 for any free one (default: ${DEFAULT-VALUE}).")
  private int port;

  @Option(
      names = "--address",
      defaultValue = "127.0.0.1",
      description = "Address to listen on (default: ${DEFAULT-VALUE}).")
  private String address = "";

  @Option(
      names = "--account",
      defaultValue = "000000000000",
      description =
          "Account of callers whose access key is not an account's twelve digits (default:"
              + " ${DEFAULT-VALUE}).")
  private String account = "";

  @Option(
      names = "--region",
      defaultValue = "us-east-1",
      description = "Region of functions that are named without one (default: ${DEFAULT-VALUE}).")
  private String region = "";

  @Option(
      names = "--time-factor",
      defaultValue = "1",
      description =
          "How many times faster than real time its time passes (default: ${DEFAULT-VALUE}).")
  private double timeFactor;

  @Option(
      names = "--quotas",
      description =
          "Throttle calls above AWS' request quotas. They are counted in simulated time: with"
              + " --time-factor 10 ten times as many calls pass in a real second.")
  private boolean quotas;

  @Option(
      names = "--seed",
      defaultValue = "1",
      description = "Makes chance repeatable (default: ${DEFAULT-VALUE}).")
  private long seed;

  @Option(
      names = "--data-file",
      paramLabel = "FILE",
      description =
          "Keep state in this file: read at the start, written at the end and every half minute. A"
              + " file that is broken, in use or of a newer simulator is refused. Without it state"
              + " is lost at the end.")
  private @Nullable Path dataFile;

  private AwsSimulatorMain() {}

  public static void main(String[] arguments) {
    System.exit(new CommandLine(new AwsSimulatorMain()).execute(arguments));
  }

  @Override
  public Integer call() throws InterruptedException {
    CountDownLatch stop = new CountDownLatch(1);
    CountDownLatch stopped = new CountDownLatch(1);
    Runtime.getRuntime().addShutdownHook(new Thread(() -> awaitEnd(stop, stopped)));
    try (AwsSimulator simulator = builder().start()) {
      System.out.println("aws-simulator listens on " + simulator.endpoint());
      System.out.println(
          "  "
              + ControlApi.clientVariables(
                  simulator.endpoint().toString(), new Location(account, region)));
      System.out.println("  what is there: " + simulator.endpoint() + "/_simulator");
      stop.await();
    } catch (DataFileException
        | IllegalArgumentException
        | UncheckedIOException
        | UnknownHostException e) {
      System.err.println("aws-simulator: " + e.getMessage());
      return 1;
    } finally {
      stopped.countDown();
    }
    return 0;
  }

  private AwsSimulator.Builder builder() throws UnknownHostException {
    AwsSimulator.Builder builder =
        AwsSimulator.builder()
            .clock(new AcceleratedTime(InstantSource.system(), timeFactor))
            .tickEvery(Duration.ofMillis(200))
            .address(InetAddress.getByName(address))
            .port(port)
            .account(account)
            .region(region)
            .quotas(quotas)
            .seed(seed);
    return dataFile == null ? builder : builder.dataFile(dataFile);
  }

  /** The JVM ends when this returns, so it waits until the data file is written. */
  private static void awaitEnd(CountDownLatch stop, CountDownLatch stopped) {
    stop.countDown();
    try {
      if (!stopped.await(MOST_SECONDS_TO_STOP, TimeUnit.SECONDS)) {
        System.err.println("aws-simulator: the state could not be written in time");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
