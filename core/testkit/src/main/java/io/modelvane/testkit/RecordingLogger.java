package io.modelvane.testkit;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.text.MessageFormat;
import java.util.List;
import java.util.ResourceBundle;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/**
 * Keeps what is logged, at every level and with stack traces. Masks nothing, unlike the engine's: a
 * component shall not count on the mask.
 */
public final class RecordingLogger implements System.Logger {
  private final String name;
  private final List<String> lines = new CopyOnWriteArrayList<>();

  RecordingLogger(String name) {
    this.name = name;
  }

  /** Everything logged so far: the level, a space, the message, then any stack trace. */
  public List<String> lines() {
    return List.copyOf(lines);
  }

  @Override
  public String getName() {
    return name;
  }

  @Override
  public boolean isLoggable(Level level) {
    return level != Level.OFF;
  }

  @Override
  public void log(
      Level level, @Nullable ResourceBundle bundle, String message, @Nullable Throwable thrown) {
    StringWriter line = new StringWriter();
    line.append(level.getName()).append(' ').append(message);
    if (thrown != null) {
      thrown.printStackTrace(new PrintWriter(line.append('\n')));
    }
    lines.add(line.toString());
  }

  @Override
  public void log(
      Level level,
      @Nullable ResourceBundle bundle,
      String format,
      @Nullable Object @Nullable ... params) {
    boolean plain = params == null || params.length == 0;
    lines.add(level.getName() + ' ' + (plain ? format : MessageFormat.format(format, params)));
  }
}
