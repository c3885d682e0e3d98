package io.modelvane.alerting.check;

import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.CelFunctionDecl;
import dev.cel.common.CelIssue;
import dev.cel.common.CelOptions;
import dev.cel.common.CelOverloadDecl;
import dev.cel.common.CelValidationException;
import dev.cel.common.CelValidationResult;
import dev.cel.common.types.CelType;
import dev.cel.common.types.SimpleType;
import dev.cel.compiler.CelCompiler;
import dev.cel.compiler.CelCompilerBuilder;
import dev.cel.compiler.CelCompilerFactory;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelFunctionBinding;
import dev.cel.runtime.CelRuntime;
import dev.cel.runtime.CelRuntimeFactory;
import java.util.List;

/**
 * Reads the expressions of one check, written in the Common Expression Language, https://cel.dev.
 * It has no loops here: the macros that would bring them are left out, so that the cost of an
 * expression is bounded by its length.
 */
final class ExpressionReader {
  private static final int LONGEST = 1000;
  private static final CelOptions OPTIONS =
      CelOptions.current()
          .enableHeterogeneousNumericComparisons(true)
          .maxExpressionCodePointSize(LONGEST)
          .build();
  private static final CelCompiler PARSER = compiler().build();
  private static final CelRuntime RUNTIME = runtime();

  private final ExpressionNames names;

  /**
   * Reads expressions over calls, or over windows of them.
   *
   * @param hasValue whether {@link #value} is read first, which the others may then use
   */
  ExpressionReader(boolean windows, boolean hasValue) {
    this.names = new ExpressionNames(windows, hasValue);
  }

  private static CelCompilerBuilder compiler() {
    return CelCompilerFactory.standardCelCompilerBuilder()
        .setOptions(OPTIONS)
        .addFunctionDeclarations(
            CelFunctionDecl.newFunctionDeclaration(
                ExpressionNames.DIVIDE,
                CelOverloadDecl.newGlobalOverload(
                    "divide_numbers", SimpleType.DOUBLE, SimpleType.DOUBLE, SimpleType.DOUBLE)));
  }

  private static CelRuntime runtime() {
    return CelRuntimeFactory.plannerRuntimeBuilder()
        .setOptions(OPTIONS)
        .addFunctionBindings(
            CelFunctionBinding.fromOverloads(
                ExpressionNames.DIVIDE,
                CelFunctionBinding.from(
                    "divide_numbers", Double.class, Double.class, ExpressionReader::divide)))
        .build();
  }

  /** Not what floating-point numbers do: the quotient would be infinite or no number. */
  private static Double divide(Double number, Double by) {
    if (by == 0) {
      throw new ArithmeticException("division by zero");
    }
    return number / by;
  }

  /** What all expressions so far have named. */
  List<Variable> variables() {
    return names.variables();
  }

  /**
   * Reads one that is true or false.
   *
   * @throws IllegalArgumentException with words for the user
   */
  Expression condition(String text) {
    return read(text, SimpleType.BOOL, "must be true or false, such as a > 1");
  }

  /**
   * Reads one that is a number.
   *
   * @throws IllegalArgumentException with words for the user
   */
  Expression value(String text) {
    names.hideValue();
    try {
      return read(text, SimpleType.DOUBLE, "must be a number, such as a / b");
    } finally {
      names.showValue();
    }
  }

  private Expression read(String text, CelType wanted, String demand) {
    String stripped = text.strip();
    if (stripped.isEmpty()) {
      throw new IllegalArgumentException("is empty");
    } else if (stripped.length() > LONGEST) {
      throw new IllegalArgumentException(
          "is longer than %d characters; make several checks of it, and combine them by a check of type composite"
              .formatted(LONGEST));
    }
    try {
      CelAbstractSyntaxTree parsed = checked(PARSER.parse(stripped)).getAst();
      CelAbstractSyntaxTree named = names.resolve(parsed);
      CelCompilerBuilder compiler = compiler();
      names.declare(compiler);
      CelAbstractSyntaxTree typed = checked(compiler.build().check(named)).getAst();
      if (!typed.getResultType().equals(wanted)) {
        throw new IllegalArgumentException(
            "%s; this is %s"
                .formatted(demand, ExpressionProblem.type(typed.getResultType().name())));
      }
      return new Expression(stripped, RUNTIME.createProgram(typed));
    } catch (CelValidationException | CelEvaluationException refused) {
      throw new IllegalArgumentException(refused.getMessage(), refused);
    }
  }

  private static CelValidationResult checked(CelValidationResult result) {
    if (result.hasError()) {
      CelIssue first = result.getErrors().get(0);
      throw new IllegalArgumentException(ExpressionProblem.words(first));
    }
    return result;
  }
}
