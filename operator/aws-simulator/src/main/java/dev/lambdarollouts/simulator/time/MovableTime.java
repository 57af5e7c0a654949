package dev.lambdarollouts.simulator.time;

import java.time.Duration;
import java.time.InstantSource;

/** A time that can be moved from outside. */
public interface MovableTime extends InstantSource {
  void advance(Duration step);
}
