package io.modelvane.alerting.check;

import com.google.common.collect.ImmutableList;
import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.CelSource;
import dev.cel.common.CelSourceLocation;
import dev.cel.common.ast.CelConstant;
import dev.cel.common.ast.CelExpr;
import dev.cel.common.types.SimpleType;
import dev.cel.compiler.CelCompilerBuilder;
import io.modelvane.spi.FieldKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * What the names in the expressions of one check stand for. A name is a field of a call, and {@code
 * mean(name)} an aggregate of it over a window; each becomes a variable of its own. Whole numbers
 * become numbers, which is what all fields are, and divisions such that fail where there is no
 * quotient.
 */
final class ExpressionNames {
  static final String DIVIDE = "divide";
  static final String VALUE = "value";

  private static final long OWN_IDS = 1_000_000; // more than the parser gives to so short a text

  private static final Set<String> OTHERS =
      Set.of("contains", "endsWith", "startsWith", "matches", "size", "double");
  private static final Set<String> OPERATORS =
      Set.of(
          "_&&_", "_||_", "!_", "_?_:_", "-_", "_+_", "_-_", "_*_", "_/_", "_==_", "_!=_", "_<_",
          "_<=_", "_>_", "_>=_", "@in");

  private final boolean windows;
  private final boolean hasValue;
  private boolean valueIsKnown;
  private final List<Variable> variables = new ArrayList<>();

  ExpressionNames(boolean windows, boolean hasValue) {
    this.windows = windows;
    this.hasValue = hasValue;
    this.valueIsKnown = hasValue;
  }

  /** An expression must not use itself. */
  void hideValue() {
    valueIsKnown = false;
  }

  void showValue() {
    valueIsKnown = hasValue;
  }

  List<Variable> variables() {
    return List.copyOf(variables);
  }

  /** The name of a variable in a program. */
  static String name(int index) {
    return "v" + index;
  }

  /** What an expression may call. */
  Set<String> functions() {
    Set<String> names = new TreeSet<>(OTHERS);
    names.add("tag");
    if (windows) {
      for (Aggregate aggregate : Aggregate.values()) {
        names.add(Words.of(aggregate));
      }
    } else {
      names.add("field");
      names.add("text");
    }
    return names;
  }

  void declare(CelCompilerBuilder compiler) {
    for (int i = 0; i < variables.size(); i++) {
      compiler.addVar(name(i), variables.get(i).isText() ? SimpleType.STRING : SimpleType.DOUBLE);
    }
    compiler.addVar(VALUE, SimpleType.DOUBLE);
  }

  /**
   * Puts variables in the place of names.
   *
   * @throws IllegalArgumentException with words for the user
   */
  CelAbstractSyntaxTree resolve(CelAbstractSyntaxTree parsed) {
    CelSource source = parsed.getSource();
    return CelAbstractSyntaxTree.newParsedAst(new Walk(source).resolved(parsed.getExpr()), source);
  }

  /** One expression. */
  private final class Walk {
    private final CelSource source;

    Walk(CelSource source) {
      this.source = source;
    }

    CelExpr resolved(CelExpr node) {
      return switch (node.getKind()) {
        case CONSTANT -> constant(node);
        case IDENT, SELECT -> field(node);
        case CALL -> call(node);
        case LIST ->
            CelExpr.ofList(node.id(), all(node.list().elements()), node.list().optionalIndices());
        case MAP, STRUCT, COMPREHENSION, NOT_SET ->
            throw refused(node, "only numbers, texts and lists of them are known here");
      };
    }

    private ImmutableList<CelExpr> all(List<CelExpr> nodes) {
      return nodes.stream().map(this::resolved).collect(ImmutableList.toImmutableList());
    }

    private CelExpr constant(CelExpr node) {
      return node.constant().getKind() == CelConstant.Kind.INT64_VALUE
          ? CelExpr.ofConstant(
              node.id(), CelConstant.ofValue((double) node.constant().int64Value()))
          : node;
    }

    private CelExpr field(CelExpr node) {
      String name = path(node).orElseThrow(() -> refused(node, "only fields have names"));
      if (valueIsKnown && name.equals(VALUE)) {
        return node;
      } else if (windows) {
        throw refused(
            node,
            "'%s' is a field of each call; say what a window's values are made into: mean(%s)"
                .formatted(name, name));
      }
      return variable(node, Variable.Kind.NUMBER, name);
    }

    /** The name of a field, which may have dots. */
    private Optional<String> path(CelExpr node) {
      return switch (node.getKind()) {
        case IDENT -> Optional.of(node.ident().name());
        case SELECT -> path(node.select().operand()).map(p -> p + "." + node.select().field());
        case CONSTANT, CALL, LIST, MAP, STRUCT, COMPREHENSION, NOT_SET -> Optional.empty();
      };
    }

    private CelExpr call(CelExpr node) {
      CelExpr.CelCall call = node.call();
      String function = call.function();
      if (call.target().isEmpty()) {
        Optional<Aggregate> aggregate = aggregate(function);
        if (aggregate.isPresent()) {
          return aggregated(node, aggregate.get());
        }
        Optional<CelExpr> named = named(node);
        if (named.isPresent()) {
          return named.get();
        }
      }
      if (!OPERATORS.contains(function) && !OTHERS.contains(function)) {
        throw unknown(node);
      }
      if (function.equals("matches") && !call.args().isEmpty()) {
        checkPattern(call.args().get(call.args().size() - 1));
      }
      CelExpr resolved =
          CelExpr.ofCall(
              node.id(),
              call.target().map(this::resolved),
              function.equals("_/_") ? DIVIDE : function,
              all(call.args()));
      return function.equals("size") ? number(resolved) : resolved;
    }

    /** A regular expression that stands there can be wrong before any call is judged. */
    private void checkPattern(CelExpr node) {
      if (node.getKind() == CelExpr.ExprKind.Kind.CONSTANT
          && node.constant().getKind() == CelConstant.Kind.STRING_VALUE) {
        String pattern = node.constant().stringValue();
        Optional<String> wrong = ExpressionPattern.problem(pattern);
        if (wrong.isPresent()) {
          throw refused(node, "'%s' is no regular expression: %s".formatted(pattern, wrong.get()));
        }
      }
    }

    /** The one thing that counts in whole numbers. */
    private CelExpr number(CelExpr size) {
      return CelExpr.ofCall(
          OWN_IDS + size.id(), Optional.empty(), "double", ImmutableList.of(size));
    }

    /** A name that is given as text. */
    private Optional<CelExpr> named(CelExpr node) {
      return switch (node.call().function()) {
        case "tag" -> Optional.of(variable(node, Variable.Kind.TAG, argument(node)));
        case "text" -> Optional.of(variable(inCalls(node), Variable.Kind.TEXT, argument(node)));
        case "field" -> Optional.of(variable(inCalls(node), Variable.Kind.NUMBER, argument(node)));
        default -> Optional.empty();
      };
    }

    private IllegalArgumentException unknown(CelExpr node) {
      String name = node.call().function();
      return name.contains("_")
          ? refused(node, "there is no operator '%s'".formatted(name.replace("_", "")))
          : refused(
              node, "there is no function '%s'; %s".formatted(name, Nearest.of(name, functions())));
    }

    private CelExpr inCalls(CelExpr node) {
      if (windows) {
        throw refused(
            node,
            "%s() is of a single call; leave 'window' out to judge calls one by one"
                .formatted(node.call().function()));
      }
      return node;
    }

    private CelExpr aggregated(CelExpr node, Aggregate aggregate) {
      String name = Words.of(aggregate);
      if (!windows) {
        throw refused(node, "%s() needs a 'window'".formatted(name));
      }
      if (node.call().args().isEmpty() && aggregate.countsRows()) {
        return variable(node, new Variable(Variable.Kind.AGGREGATE, "", Optional.of(aggregate)));
      }
      String field = argument(node);
      return variable(node, new Variable(Variable.Kind.AGGREGATE, field, Optional.of(aggregate)));
    }

    /** The one argument of a call: a name, as it is or as text. */
    private String argument(CelExpr node) {
      String function = node.call().function();
      List<CelExpr> arguments = node.call().args();
      Optional<String> name = Optional.empty();
      if (arguments.size() == 1) {
        CelExpr only = arguments.get(0);
        boolean text =
            only.getKind() == CelExpr.ExprKind.Kind.CONSTANT
                && only.constant().getKind() == CelConstant.Kind.STRING_VALUE;
        name = text ? Optional.of(only.constant().stringValue()) : path(only);
      }
      return name.orElseThrow(
          () -> refused(node, "%s() takes one name, such as %s(a)".formatted(function, function)));
    }

    private CelExpr variable(CelExpr node, Variable.Kind kind, String of) {
      return variable(node, new Variable(kind, of, Optional.empty()));
    }

    private CelExpr variable(CelExpr node, Variable variable) {
      if (variable.kind() != Variable.Kind.TAG && !variable.of().isEmpty()) {
        try {
          FieldKey.of(variable.of());
        } catch (IllegalArgumentException wrong) {
          throw refused(node, String.valueOf(wrong.getMessage()));
        }
      }
      if (!variables.contains(variable)) {
        variables.add(variable);
      }
      return CelExpr.ofIdent(node.id(), name(variables.indexOf(variable)));
    }

    /** The library points at the bracket of a call. */
    private int begin(CelExpr node, int offset) {
      if (node.getKind() != CelExpr.ExprKind.Kind.CALL) {
        return offset;
      }
      String name = node.call().function();
      int start = offset - name.length();
      return start >= 0 && source.getContent().toString().startsWith(name, start) ? start : offset;
    }

    private IllegalArgumentException refused(CelExpr node, String words) {
      int offset = begin(node, source.getPositionsMap().getOrDefault(node.id(), 0));
      CelSourceLocation at =
          source.getOffsetLocation(offset).orElse(CelSourceLocation.of(1, offset));
      return new IllegalArgumentException(
          ExpressionProblem.place(at.getLine(), at.getColumn()) + words);
    }
  }

  private static Optional<Aggregate> aggregate(String name) {
    for (Aggregate aggregate : Aggregate.values()) {
      if (Words.of(aggregate).equals(name)) {
        return Optional.of(aggregate);
      }
    }
    return Optional.empty();
  }
}
