package io.modelvane.alerting.check;

import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.Program;
import java.util.Map;

/**
 * An expression that was checked. Immutable; used by many evaluators.
 *
 * @param text as it was written
 * @param program what it was made into
 */
record Expression(String text, Program program) {
  private static final String NUMBER = "For input string: ";

  /** An expression has no value. */
  static final class Failure extends Exception {
    private static final long serialVersionUID = 1L;

    Failure(String message, Throwable cause) {
      super(message, cause);
    }
  }

  /**
   * Finds its value.
   *
   * @param values by the names that its reader gave to variables
   * @throws Failure with words for the user
   */
  Object value(Map<String, Object> values) throws Failure {
    try {
      return program.eval(values);
    } catch (CelEvaluationException | RuntimeException failed) { // whatever a value brings about
      throw new Failure("%s in '%s'".formatted(reason(failed), text), failed);
    }
  }

  private static String reason(Throwable failed) {
    Throwable root = failed;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    String message = String.valueOf(root.getMessage());
    return message.startsWith(NUMBER)
        ? message.substring(NUMBER.length()) + " is no number"
        : message;
  }
}
