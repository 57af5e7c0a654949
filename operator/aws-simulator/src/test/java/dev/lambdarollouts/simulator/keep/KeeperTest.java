package dev.lambdarollouts.simulator.keep;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lambdarollouts.simulator.protocol.Json;
import dev.lambdarollouts.simulator.time.ManualTime;
import dev.lambdarollouts.simulator.time.Timeline;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** State is written every so often and at the end. */
class KeeperTest {
  private static final byte[] CONTENT = {1, 2, 3};

  @TempDir Path folder;

  private final ManualTime time = new ManualTime(Instant.EPOCH);
  private final Timeline timeline = new Timeline(time);

  /** A part that counts how often it is asked. */
  private static final class Counter implements KeptState {
    private final CountDownLatch asked;
    private int value;

    Counter(int times) {
      this.asked = new CountDownLatch(times);
    }

    @Override
    public String part() {
      return "counter";
    }

    @Override
    public ObjectNode save(Blobs blobs) {
      asked.countDown();
      return Json.object().put("value", value).put("content", blobs.add(CONTENT));
    }

    @Override
    public void restore(ObjectNode saved, Blobs blobs) {
      assertThat(blobs.get(saved.path("content").asText())).isEqualTo(CONTENT);
      value = saved.path("value").asInt();
    }
  }

  @Test
  void itWritesByItselfWhileItRuns() throws Exception {
    Path path = folder.resolve("state.zip");
    Counter counter = new Counter(3);
    DataFile file = new DataFile(path);
    try (Keeper keeper = new Keeper(file, 1, timeline, List.of(counter))) {
      keeper.start(Duration.ofMillis(5));
      assertThat(counter.asked.await(30, TimeUnit.SECONDS)).isTrue();
      assertThat(file.read().parts().path("counter").path("value").asInt()).isZero();
      counter.value = 7;
    }

    try (DataFile again = new DataFile(path)) {
      Saved saved = again.read();
      Counter restored = new Counter(0);
      again.restore(saved, List.of(restored));
      assertThat(restored.value).as("the end writes what came last").isEqualTo(7);
      assertThat(saved.starts()).isEqualTo(1);
    }
  }

  @Test
  void whatHasNotChangedIsNotWrittenAgain() throws Exception {
    Path path = folder.resolve("state.zip");
    Counter counter = new Counter(0);
    try (Keeper keeper = new Keeper(new DataFile(path), 1, timeline, List.of(counter))) {
      keeper.write();
      FileTime before = FileTime.from(Instant.EPOCH);
      Files.setLastModifiedTime(path, before);
      keeper.write();
      assertThat(Files.getLastModifiedTime(path)).isEqualTo(before);
      counter.value = 1;
      keeper.write();
      assertThat(Files.getLastModifiedTime(path)).isNotEqualTo(before);
    }
  }

  @Test
  void theEndWritesTheTimeAlsoWhenNothingElseHasChanged() {
    Path path = folder.resolve("state.zip");
    Instant later = Instant.EPOCH.plusSeconds(3600);
    try (Keeper keeper = new Keeper(new DataFile(path), 1, timeline, List.of(new Counter(0)))) {
      keeper.write();
      time.advance(Duration.ofHours(1));
      assertThat(timeline.catchUp()).isEqualTo(later);
    }
    try (DataFile again = new DataFile(path)) {
      assertThat(again.read().time()).isEqualTo(later);
    }
  }
}
