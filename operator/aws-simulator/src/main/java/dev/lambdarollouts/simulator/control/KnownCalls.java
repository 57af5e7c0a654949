package dev.lambdarollouts.simulator.control;

import dev.lambdarollouts.simulator.service.AwsService;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The services and operations that there are: a fault for any other would never strike, and nobody
 * would know why.
 */
final class KnownCalls {
  /** More differences than this, and a name is another one and not a slip. */
  private static final int MOST_SLIPS = 4;

  private final SortedMap<String, SortedSet<String>> operations = new TreeMap<>();

  KnownCalls(List<AwsService> services) {
    services.forEach(
        service -> operations.put(service.scope(), new TreeSet<>(service.operations())));
  }

  /** Refuses a service that there is not, and what a resource of a function is never called. */
  void requireService(Filters filters) {
    String service = filters.service();
    if (service != null && !operations.containsKey(service)) {
      throw Refusal.badRequest(
          "There is no service '"
              + service
              + "' here."
              + (service.equalsIgnoreCase("cloudwatch")
                  ? " Did you mean monitoring?"
                  : meant(service, operations.keySet()))
              + " There are: "
              + String.join(", ", operations.keySet()));
    }
    String resource = filters.resource();
    if (resource != null && resource.matches("arn:[^:]*:lambda:.*")) {
      throw Refusal.badRequest(
          "The resource of a call to lambda is a name or name:qualifier, however the call names the"
              + " function, but resource is '"
              + resource
              + "'");
    }
  }

  /** Refuses a service or an operation that there is not. */
  void requireOperation(Filters filters) {
    requireService(filters);
    String operation = filters.operation();
    if (operation == null) {
      return;
    }
    String service = filters.service();
    SortedSet<String> known = new TreeSet<>();
    operations.forEach(
        (name, own) -> {
          if (service == null || name.equals(service)) {
            known.addAll(own);
          }
        });
    if (!known.contains(operation)) {
      throw Refusal.badRequest(
          (service == null ? "No service here" : service + " here")
              + (service == null ? " has" : " does not have")
              + " the operation '"
              + operation
              + "'."
              + meant(operation, known));
    }
  }

  private static String meant(String given, Collection<String> known) {
    return known.stream()
        .min(Comparator.comparingInt(name -> slips(given, name)))
        .filter(name -> slips(given, name) <= Math.min(MOST_SLIPS, given.length() / 2))
        .map(name -> " Did you mean " + name + "?")
        .orElse("");
  }

  /** How many letters must be changed, left out or put in to make one name of the other. */
  private static int slips(String one, String other) {
    String from = one.toLowerCase(Locale.ROOT);
    String to = other.toLowerCase(Locale.ROOT);
    int[] above = new int[to.length() + 1];
    for (int j = 0; j <= to.length(); j++) {
      above[j] = j;
    }
    for (int i = 1; i <= from.length(); i++) {
      int[] row = new int[to.length() + 1];
      row[0] = i;
      for (int j = 1; j <= to.length(); j++) {
        int changed = above[j - 1] + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
        row[j] = Math.min(changed, 1 + Math.min(above[j], row[j - 1]));
      }
      above = row;
    }
    return above[to.length()];
  }
}
