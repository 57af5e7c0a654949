package dev.lambdarollouts.simulator.protocol;

/** The little of XML writing that the JDK does not offer in one call. */
public final class Xml {

  private Xml() {}

  /** Text as it may stand in an element or in an attribute between double quotes. */
  public static String escape(String text) {
    StringBuilder escaped = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '&' -> escaped.append("&amp;");
        case '<' -> escaped.append("&lt;");
        case '>' -> escaped.append("&gt;");
        case '"' -> escaped.append("&quot;");
        case '\r' -> escaped.append("&#xD;");
        default -> escaped.append(c);
      }
    }
    return escaped.toString();
  }
}
