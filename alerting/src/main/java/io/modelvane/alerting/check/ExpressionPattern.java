package io.modelvane.alerting.check;

import dev.cel.common.CelValidationException;
import dev.cel.common.types.SimpleType;
import dev.cel.compiler.CelCompilerFactory;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelRuntime;
import dev.cel.runtime.CelRuntimeFactory;
import java.util.Map;
import java.util.Optional;

/** Asks the expression language itself whether a text is a regular expression to it. */
final class ExpressionPattern {
  private static final String PATTERN = "pattern";
  private static final String PREFIX = "error parsing regexp: ";
  private static final CelRuntime.Program MATCHING = program();

  private ExpressionPattern() {}

  private static CelRuntime.Program program() {
    try {
      return CelRuntimeFactory.plannerRuntimeBuilder()
          .build()
          .createProgram(
              CelCompilerFactory.standardCelCompilerBuilder()
                  .addVar(PATTERN, SimpleType.STRING)
                  .build()
                  .compile("''.matches(" + PATTERN + ")")
                  .getAst());
    } catch (CelValidationException | CelEvaluationException never) {
      throw new IllegalStateException(never);
    }
  }

  /** What is wrong with a regular expression, in the words of the language; empty for nothing. */
  static Optional<String> problem(String pattern) {
    try {
      var unused = MATCHING.eval(Map.of(PATTERN, pattern));
      return Optional.empty();
    } catch (CelEvaluationException refused) {
      Throwable cause = refused.getCause() == null ? refused : refused.getCause();
      return Optional.of(words(String.valueOf(cause.getMessage())));
    }
  }

  /** Without the names of classes before. */
  private static String words(String message) {
    int at = message.lastIndexOf(PREFIX);
    return at < 0 ? message : message.substring(at + PREFIX.length());
  }
}
