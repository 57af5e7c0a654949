package dev.lambdarollouts.demo;

/** What the demo plays. */
interface Story {
  /**
   * Plays it.
   *
   * @param asTold called at the end, with traffic still running, when all went as told
   * @return whether it did
   */
  boolean tell(Runnable asTold) throws InterruptedException;
}
