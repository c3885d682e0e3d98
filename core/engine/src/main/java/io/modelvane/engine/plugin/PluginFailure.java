package io.modelvane.engine.plugin;

import io.modelvane.engine.words.Words;
import java.nio.file.Path;

/**
 * A plugin that does not work. The others do.
 *
 * @param file the jar, zip or folder
 * @param message what is wrong and what to do, in one line
 */
public record PluginFailure(Path file, String message) {
  /** Puts the message on one line. */
  public PluginFailure {
    message = Words.line(message);
  }

  /** {@code broken.jar: not a jar}. */
  @Override
  public String toString() {
    return Words.line(String.valueOf(file.getFileName())) + ": " + message;
  }
}
