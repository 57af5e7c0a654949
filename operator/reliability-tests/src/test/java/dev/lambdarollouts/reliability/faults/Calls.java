package dev.lambdarollouts.reliability.faults;

import java.util.Set;

/** Calls by what they do. */
final class Calls {
  private static final Set<String> KUBERNETES =
      Set.of(
          "GetRollout",
          "PatchStatus",
          "PatchActionStatus",
          "DeleteAction",
          "CreateEvent",
          "RemoveFinalizer");

  private Calls() {}

  /** Polls are no points of a story: between two other calls there are dozens, all alike. */
  static boolean isPoll(String call) {
    return call.equals("DescribeAlarms");
  }

  static boolean isAws(String call) {
    return !KUBERNETES.contains(call);
  }

  /** Changes something in AWS. */
  static boolean isMutating(String call) {
    return isAws(call)
        && !call.startsWith("Get")
        && !call.startsWith("List")
        && !call.startsWith("Describe");
  }
}
