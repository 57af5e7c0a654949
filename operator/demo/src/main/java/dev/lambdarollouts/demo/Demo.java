package dev.lambdarollouts.demo;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;

/**
 * {@code ./demo}: a story on a real API server and a simulated AWS, told as it happens. By default
 * a good and a bad release in one stage; with {@code --pipeline} releases on their way through
 * three stages, and the people who steer them.
 */
public final class Demo {
  private static final String STAY = "--stay";
  private static final String PIPELINE = "--pipeline";

  private final Screen screen;
  private final boolean stay;

  private Demo(Screen screen, boolean stay) {
    this.screen = screen;
    this.stay = stay;
  }

  /** Arguments: the repository's folder, then the options. */
  public static void main(String[] arguments) throws Exception {
    List<String> options = Arrays.asList(arguments).subList(1, arguments.length);
    if (!Set.of(STAY, PIPELINE).containsAll(options)) {
      System.err.println("Usage: ./demo [--pipeline] [--stay], found " + String.join(" ", options));
      System.exit(2);
    }
    Demo demo = new Demo(Screen.standard(), options.contains(STAY));
    System.exit(demo.run(Path.of(arguments[0]), options.contains(PIPELINE)) ? 0 : 1);
  }

  private boolean run(Path root, boolean pipeline) throws IOException, InterruptedException {
    screen.line(
        "Lambda Rollouts: a real kube-apiserver, a simulated AWS and the operator, in this"
            + " terminal.\n"
            + "Time runs "
            + DemoWorld.TIME_FACTOR
            + " times as fast: a pause of 5 minutes takes 10 seconds.");
    Instant now = Instant.now();
    Backdrop backdrop = pipeline ? Backdrop.ofPipeline(now) : Backdrop.ofOneStage(now);
    try (DemoWorld world = new DemoWorld(root, screen, backdrop)) {
      Runtime.getRuntime().addShutdownHook(new Thread(world::close, "stop"));
      screen.line(
          "\nLook around meanwhile, from another terminal:\n  "
              + world.kubectlCommand()
              + " get lro -w\n(without a kubectl of your own: "
              + world.kubectlBinary()
              + ")\n");
      try (RolloutTold told = new RolloutTold(world.client(), screen, world.time())) {
        Story story =
            pipeline
                ? new PipelineStory(world, screen, told, new People(world, told))
                : new GoodAndBad(world, screen, told);
        boolean asTold = story.tell(this::staysIfAsked);
        screen.line(asTold ? "\nAll ended as told." : "\nThis did not end as it should.");
        return asTold;
      }
    }
  }

  private void staysIfAsked() {
    if (stay) {
      screen.line("\nStays up, with traffic running. Ctrl-C ends it.");
      try {
        new CountDownLatch(1).await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
