package dev.lambdarollouts.controllers.translate;

import java.util.regex.Pattern;

/** Texts of a spec as AWS is to get them, and what is said of those that it would refuse. */
final class Texts {
  private final Placeholders placeholders;
  private final String namespace;
  private final Findings findings;

  Texts(Placeholders placeholders, String namespace, Findings findings) {
    this.placeholders = placeholders;
    this.namespace = namespace;
    this.findings = findings;
  }

  /** With every placeholder replaced. */
  String resolve(String text, FieldPath at) {
    return placeholders.resolve(text, at, findings);
  }

  /** With every placeholder replaced; what then does not match is a finding. */
  String matching(String text, FieldPath at, Pattern pattern, String example) {
    String resolved = resolve(text, at);
    if (!pattern.matcher(resolved).matches()) {
      findings.invalid(at, "found " + resolved + ", which AWS refuses; write it like " + example);
    }
    return resolved;
  }

  static String doesNotExist(String kind, String name, FieldPath at) {
    return kind + " " + name + " does not exist or is being deleted; " + at + " names it";
  }

  String notAllowed(String kind, String name, String setting) {
    return notAllowed(kind, name, namespace, setting);
  }

  static String notAllowed(String kind, String name, String namespace, String setting) {
    return kind
        + " "
        + name
        + " may not be read in namespace "
        + namespace
        + ": add the namespace to the installation's setting "
        + setting
        + ", or do without";
  }
}
