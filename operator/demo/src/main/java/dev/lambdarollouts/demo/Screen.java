package dev.lambdarollouts.demo;

import java.io.PrintStream;

/**
 * What a person sees: lines that stay, and below them one live line where the output is a terminal.
 * Elsewhere the live line is left out, and everything else is the same.
 */
final class Screen {
  private static final String CLEAR_LINE = "\r\u001b[K";

  private final PrintStream out;
  private final boolean terminal;
  private final int width;
  private String live = "";

  /**
   * @param width columns; a live line is cut to it, since a wrapped one cannot be redrawn
   */
  Screen(PrintStream out, boolean terminal, int width) {
    this.out = out;
    this.terminal = terminal;
    this.width = width;
  }

  /** The process' own output: a terminal is one that this process can talk to. */
  // Error Prone knows only JDK 22's console, which is never null; JDK 25's is, without terminal.
  @SuppressWarnings("SystemConsoleNull")
  static Screen standard() {
    var console = System.console();
    boolean terminal = console != null && console.isTerminal();
    return new Screen(System.out, terminal, columns());
  }

  private static int columns() {
    String columns = System.getenv("COLUMNS");
    return columns != null && columns.matches("[1-9][0-9]{1,3}") ? Integer.parseInt(columns) : 80;
  }

  boolean isTerminal() {
    return terminal;
  }

  /** A line that stays. */
  synchronized void line(String text) {
    out.println(terminal && !live.isEmpty() ? CLEAR_LINE + text : text);
    draw();
  }

  /** Replaces the live line. */
  synchronized void live(String text) {
    live = text.length() < width ? text : text.substring(0, width - 1);
    if (terminal) {
      out.print(CLEAR_LINE);
    }
    draw();
  }

  private void draw() {
    if (terminal && !live.isEmpty()) {
      out.print(live);
    }
    out.flush();
  }
}
