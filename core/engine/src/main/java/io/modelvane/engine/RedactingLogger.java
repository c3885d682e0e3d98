package io.modelvane.engine;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.text.MessageFormat;
import java.util.ResourceBundle;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** A logger that masks secrets in what it writes, exceptions included. */
final class RedactingLogger implements System.Logger {
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
      logger.log(level, redact.apply(String.valueOf(text)));
      if (thrown != null && logger.isLoggable(Level.DEBUG)) {
        StringWriter trace = new StringWriter();
        thrown.printStackTrace(new PrintWriter(trace));
        logger.log(Level.DEBUG, redact.apply(trace.toString()));
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
      logger.log(level, redact.apply(plain ? text : MessageFormat.format(text, parameters)));
    }
  }
}
