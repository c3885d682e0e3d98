package io.modelvane.demo;

import java.io.PrintStream;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the user sees: lines that stay, and how things stand now. On a terminal the latter is
 * redrawn at the bottom; elsewhere it is a line every two seconds. Safe for use by several threads.
 */
final class Screen {
  /** Colours of lines that stay. */
  enum Tone {
    PLAIN(""),
    BAD("\u001b[1;31m"),
    DOUBTFUL("\u001b[33m"),
    GOOD("\u001b[32m"),
    QUIET("\u001b[2m");

    private final String start;

    Tone(String start) {
      this.start = start;
    }
  }

  private static final String RESET = "\u001b[0m";
  private static final String ERASE_BELOW = "\u001b[J";
  private static final Duration PLAIN_PACE = Duration.ofSeconds(2);

  private final PrintStream out;
  private final boolean terminal;
  private final int width;
  private List<String> drawn = List.of();
  private @Nullable Duration printedAt;

  /**
   * A screen.
   *
   * @param terminal whether the cursor can be moved
   * @param width of the terminal, in characters
   */
  Screen(PrintStream out, boolean terminal, int width) {
    this.out = out;
    this.terminal = terminal;
    this.width = width;
  }

  /** The process's own output, be it a terminal or not. */
  static Screen ofThisProcess() {
    String columns = System.getenv("COLUMNS");
    boolean known = columns != null && columns.matches("[1-9]\\d{1,3}");
    return new Screen(System.out, isTerminal(), known ? Integer.parseInt(columns) : 80);
  }

  @SuppressWarnings("SystemConsoleNull") // true of the default only, and we choose another
  private static boolean isTerminal() {
    System.setProperty("jdk.console", "java.base");
    boolean dumb = "dumb".equals(System.getenv("TERM")) || System.getenv("NO_COLOR") != null;
    return !dumb && System.console() != null;
  }

  /** Prints a line that stays. */
  synchronized void say(String line) {
    say(Tone.PLAIN, line);
  }

  /** Prints a line that stays, in a colour if there are colours. */
  synchronized void say(Tone tone, String line) {
    if (terminal) {
      List<String> below = drawn;
      erase();
      out.println(tone == Tone.PLAIN ? line : tone.start + line + RESET);
      draw(below);
    } else {
      out.println(line);
    }
    out.flush();
  }

  /** Shows how things stand. */
  synchronized void show(Snapshot now) {
    if (terminal) {
      erase();
      draw(List.of("", cut(now.numbers()), cut("        " + now.words())));
    } else if (isDue(now.elapsed())) {
      printedAt = now.elapsed();
      out.println(now.numbers() + "  " + now.words());
    }
    out.flush();
  }

  /** Takes away what is redrawn; lines that stay stay. */
  synchronized void clear() {
    erase();
    out.flush();
  }

  private boolean isDue(Duration elapsed) {
    return printedAt == null || elapsed.minus(printedAt).compareTo(PLAIN_PACE) >= 0;
  }

  private void draw(List<String> lines) {
    lines.forEach(out::println);
    drawn = lines;
  }

  private void erase() {
    if (!drawn.isEmpty()) {
      out.print("\u001b[" + drawn.size() + "A\r" + ERASE_BELOW);
      drawn = List.of();
    }
  }

  /** A line that wraps would be two to go up. */
  private String cut(String line) {
    return line.length() < width ? line : line.substring(0, width - 1);
  }
}
