package io.modelvane.alerting.check;

import dev.cel.common.CelIssue;
import dev.cel.common.CelSourceLocation;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What is wrong with an expression and where it is: the library's words as words for the user. */
final class ExpressionProblem {
  private static final Pattern OVERLOAD =
      Pattern.compile("found no matching overload for '([^']*)' applied to '\\(([^']*)\\)'.*");
  private static final Pattern EXPECTING = Pattern.compile("(.*?) expecting .*");

  private ExpressionProblem() {}

  static String words(CelIssue issue) {
    String message = issue.getMessage().replace('\n', ' ');
    CelSourceLocation at = issue.getSourceLocation();
    return place(at.getLine(), at.getColumn()) + plain(message);
  }

  private static String plain(String message) {
    Matcher overload = OVERLOAD.matcher(message);
    if (overload.matches()) {
      List<String> types = new ArrayList<>();
      for (String type : overload.group(2).split(", ", -1)) {
        types.add(type(type));
      }
      return "%s does not go with %s"
          .formatted(operator(overload.group(1)), String.join(" and ", types));
    }
    Matcher expecting = EXPECTING.matcher(message);
    String first = expecting.matches() ? expecting.group(1) : message;
    return first.contains("'<EOF>'") ? "it ends in the middle" : first;
  }

  static String place(int line, int column) {
    return line > 1
        ? "line %d, column %d: ".formatted(line, column + 1)
        : "column %d: ".formatted(column + 1);
  }

  private static String operator(String function) {
    if (function.equals(ExpressionNames.DIVIDE)) {
      return "'/'";
    }
    return "'" + function.replace("_", "").replace("@", "") + "'";
  }

  /** A type in words. */
  static String type(String name) {
    return switch (name) {
      case "double", "int", "uint" -> "a number";
      case "string" -> "a text";
      case "bool" -> "true or false";
      default -> name;
    };
  }
}
