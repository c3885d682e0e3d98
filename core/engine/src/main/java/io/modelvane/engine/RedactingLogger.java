package io.modelvane.engine;

import io.modelvane.engine.words.Words;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.text.MessageFormat;
import java.util.ResourceBundle;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A logger that masks secrets in what it writes, exceptions included. Whatever it is given becomes
 * one line, so that nobody forges others.
 */
final class RedactingLogger implements System.Logger {
  private static final int MOST = 8 * Words.MOST;

  private final System.Logger logger;
  private final UnaryOperator<String> redact;

  RedactingLogger(String name, UnaryOperator<String> redact) {
    this.logger = System.getLogger(name);
    this.redact = redact;
  }

  @Override
  public String getName() {
    return logger.getName();
  }

  @Override
  public boolean isLoggable(Level level) {
    return logger.isLoggable(level);
  }

  @Override
  public void log(
      Level level,
      @Nullable ResourceBundle bundle,
      @Nullable String message,
      @Nullable Throwable thrown) {
    if (isLoggable(level)) {
      String text = thrown == null ? message : message + ": " + thrown;
      logger.log(level, line(String.valueOf(text)));
      if (thrown != null && logger.isLoggable(Level.DEBUG)) {
        StringWriter trace = new StringWriter();
        thrown.printStackTrace(new PrintWriter(trace));
        String lines =
            redact
                .apply(trace.toString())
                .lines()
                .map(line -> "\t" + Words.line(line))
                .collect(Collectors.joining("\n"));
        logger.log(Level.DEBUG, lines);
      }
    }
  }

  @Override
  public void log(
      Level level,
      @Nullable ResourceBundle bundle,
      @Nullable String format,
      @Nullable Object @Nullable ... parameters) {
    if (isLoggable(level)) {
      String text = String.valueOf(format);
      boolean plain = parameters == null || parameters.length == 0;
      logger.log(level, line(plain ? text : MessageFormat.format(text, parameters)));
    }
  }

  private String line(String text) {
    return Words.line(redact.apply(text), MOST);
  }
}
