package dev.lambdarollouts.simulator;

import dev.lambdarollouts.simulator.time.AcceleratedTime;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Starts the simulator alone, for any AWS client. */
@Command(
    name = "aws-simulator",
    mixinStandardHelpOptions = true,
    version = "0.1.0",
    description =
        "An AWS in one process: Lambda, CloudWatch, STS and as much S3 as a code bucket needs."
            + " Point a client at it with AWS_ENDPOINT_URL. State lives in memory.")
final class AwsSimulatorMain implements Callable<Integer> {
  @Option(
      names = "--port",
      defaultValue = "4566",
      description = "Port to listen on (default: ${DEFAULT-VALUE}).")
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

  @Option(names = "--quotas", description = "Throttle calls above AWS' request quotas.")
  private boolean quotas;

  @Option(
      names = "--seed",
      defaultValue = "1",
      description = "Makes chance repeatable (default: ${DEFAULT-VALUE}).")
  private long seed;

  private AwsSimulatorMain() {}

  public static void main(String[] arguments) {
    System.exit(new CommandLine(new AwsSimulatorMain()).execute(arguments));
  }

  @Override
  public Integer call() throws UnknownHostException, InterruptedException {
    CountDownLatch closed = new CountDownLatch(1);
    try {
      listen(closed);
    } finally {
      closed.countDown();
    }
    return 0;
  }

  private void listen(CountDownLatch closed) throws UnknownHostException, InterruptedException {
    try (AwsSimulator simulator =
        AwsSimulator.builder()
            .clock(
                timeFactor == 1
                    ? InstantSource.system()
                    : new AcceleratedTime(InstantSource.system(), timeFactor))
            .tickEvery(Duration.ofMillis(200))
            .address(InetAddress.getByName(address))
            .port(port)
            .account(account)
            .region(region)
            .quotas(quotas)
            .seed(seed)
            .start()) {
      System.out.println("aws-simulator listens on " + simulator.endpoint());
      System.out.println(
          "  export AWS_ENDPOINT_URL="
              + simulator.endpoint()
              + " AWS_ACCESS_KEY_ID="
              + account
              + " AWS_SECRET_ACCESS_KEY=any AWS_REGION="
              + region);
      CountDownLatch stopped = new CountDownLatch(1);
      Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(stopped, closed)));
      stopped.await();
    }
  }

  /** The process lives until the simulator has ended its handlers' child processes. */
  private static void stop(CountDownLatch stopped, CountDownLatch closed) {
    stopped.countDown();
    try {
      closed.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
