package dev.lambdarollouts.reliability.faults;

import dev.lambdarollouts.engine.fact.AwsFailure;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Several things go wrong from the same call on. Of those that end the process one is enough. */
final class Together extends Fault {
  private final List<Fault> parts;
  private @Nullable Fault deadly;

  Together(int at, Fault... parts) {
    super(at);
    this.parts = List.of(parts);
  }

  @Override
  void opens() {
    parts.forEach(part -> part.tells(telling()));
  }

  @Override
  @Nullable AwsFailure begins(String call) {
    AwsFailure first = null;
    for (Fault part : parts) {
      deadly = part;
      AwsFailure failure = part.starts(call);
      first = first == null ? failure : first;
    }
    return first;
  }

  @Override
  @Nullable AwsFailure replied(String call) {
    AwsFailure first = null;
    for (Fault part : parts) {
      deadly = part;
      AwsFailure failure = part.replied(call);
      first = first == null ? failure : first;
    }
    return first;
  }

  @Override
  @Nullable AwsFailure meanwhile(String call, Duration age) {
    return parts.stream()
        .map(part -> part.meanwhile(call, age))
        .filter(Objects::nonNull)
        .findFirst()
        .orElse(null);
  }

  @Override
  void afterDeath() {
    Objects.requireNonNull(deadly).afterDeath();
  }

  @Override
  void happens(int scene, Runnable happening) {
    Runnable all = happening;
    for (Fault part : parts) {
      Runnable inner = all;
      all = () -> part.happens(scene, inner);
    }
    all.run();
  }

  @Override
  Duration lasts() {
    return parts.stream().map(Fault::lasts).max(Duration::compareTo).orElse(Duration.ZERO);
  }

  @Override
  void counted(int number, String call) {
    parts.forEach(part -> part.counted(number, call));
  }
}
