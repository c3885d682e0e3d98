package io.modelvane.engine;

import java.text.MessageFormat;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/** Hears what is logged by the loggers of a package, which the tests leave to the JDK. */
public final class LogTap extends Handler {
  private final Logger logger;
  private final List<String> lines;

  /** Hears from now on what goes to the logger of this name, and adds it to the lines. */
  public LogTap(String name, List<String> lines) {
    this.logger = Logger.getLogger(name);
    this.lines = lines;
    logger.addHandler(this);
  }

  @Override
  public void publish(LogRecord entry) {
    Object[] parameters = entry.getParameters();
    lines.add(
        parameters == null
            ? entry.getMessage()
            : MessageFormat.format(entry.getMessage(), parameters));
  }

  @Override
  public void flush() {}

  @Override
  public void close() {
    logger.removeHandler(this);
  }
}
