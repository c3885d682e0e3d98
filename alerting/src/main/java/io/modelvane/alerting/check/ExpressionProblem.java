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
      Pattern.compile("found no matching overload for '([^']*)' applied to '(.*?)\\(([^']*)\\)'.*");
  private static final Pattern UNREADABLE = Pattern.compile("token recognition error at: '(.*)'");
  private static final Pattern UNEXPECTED =
      Pattern.compile("(?:extraneous|mismatched|missing|no viable).*? (?:input|at) '(.*?)'.*");
  private static final Pattern RESERVED = Pattern.compile("reserved identifier: (.*)");

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
      if (!overload.group(2).isEmpty()) { // what it is called on
        types.add(type(overload.group(2).replace(".", "")));
      }
      for (String type : overload.group(3).split(", ", -1)) {
        types.add(type(type));
      }
      return "%s does not go with %s"
          .formatted(operator(overload.group(1)), String.join(" and ", types));
    }
    return syntax(message);
  }

  private static String syntax(String message) {
    Matcher unreadable = UNREADABLE.matcher(message);
    Matcher unexpected = UNEXPECTED.matcher(message);
    Matcher reserved = RESERVED.matcher(message);
    if (message.contains("'<EOF>'")) {
      return "it ends in the middle";
    } else if (unreadable.matches()) {
      return "'%s' means nothing here; write == for equal, && for and, || for or, a text in quotes"
          .formatted(unreadable.group(1).strip());
    } else if (unexpected.matches()) {
      return "'%s' does not belong here; is an operator or a bracket missing before it, or too many?"
          .formatted(unexpected.group(1));
    } else if (reserved.matches()) {
      return "'%s' is a word of the language; put quotes around it: field('%s'), or mean('%s')"
          .formatted(reserved.group(1), reserved.group(1), reserved.group(1));
    } else if (message.contains("recursion limit")) {
      return "it is nested too deep; take brackets away, or make several checks of it";
    } else if (message.startsWith("For input string")) {
      return "the number is too large; write it with a point or an exponent, such as 1e20";
    }
    return message;
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
