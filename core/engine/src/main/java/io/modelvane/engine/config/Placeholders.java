package io.modelvane.engine.config;

import io.modelvane.engine.words.FileTrouble;
import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Fills in environment variables ("${env:NAME}", with a default "${env:NAME:-default}") and files
 * ("${file:/path}", without the last line end); "$${" stands for a plain "${".
 */
final class Placeholders {
  private static final Pattern PLACEHOLDER =
      Pattern.compile("\\$(\\$?)\\{([A-Za-z_]*)(:?)([^}]*)}");

  private static final int LARGEST = 1 << 20; // room for a bundle of certificates

  private final Function<String, @Nullable String> environment;

  Placeholders(Function<String, @Nullable String> environment) {
    this.environment = environment;
  }

  /**
   * The text with its placeholders filled in.
   *
   * @throws IllegalArgumentException saying what to set
   */
  String resolve(String text) {
    if (!text.contains("${")) {
      return text;
    }
    Matcher matcher = PLACEHOLDER.matcher(text);
    StringBuilder out = new StringBuilder();
    int end = 0;
    while (matcher.find()) {
      out.append(plain(text.substring(end, matcher.start())));
      end = matcher.end();
      String whole = matcher.group();
      out.append(
          matcher.group(1).isEmpty()
              ? lookUp(whole, matcher.group(2), matcher.group(4))
              : whole.substring(1));
    }
    return out.append(plain(text.substring(end))).toString();
  }

  private static String plain(String between) {
    if (between.replace("$${", "").contains("${")) {
      throw new IllegalArgumentException(
          "'${' is not closed; write ${env:NAME}, ${file:/path}, or $${ for a plain ${");
    }
    return between.replace("$${", "${");
  }

  private String lookUp(String whole, String kind, String argument) {
    return switch (kind) {
      case "env" -> variable(argument);
      case "file" -> file(argument);
      default ->
          throw new IllegalArgumentException(
              "'"
                  + whole
                  + "' is unknown; write ${env:NAME}, ${file:/path}, or $${ for a plain ${");
    };
  }

  private String variable(String argument) {
    int dash = argument.indexOf(":-");
    String name = dash < 0 ? argument : argument.substring(0, dash);
    String value = environment.apply(name);
    if (value != null) {
      return value;
    }
    if (dash >= 0) {
      return argument.substring(dash + 2);
    }
    throw new IllegalArgumentException(
        "the environment variable "
            + name
            + " is not set; set it, or write ${env:"
            + name
            + ":-default}");
  }

  private static String file(String name) {
    try {
      String text = TextFile.read(Path.of(name), LARGEST);
      return text.endsWith("\n") ? text.substring(0, text.length() - 1).stripTrailing() : text;
    } catch (IOException unreadable) {
      throw new IllegalArgumentException(
          "the file " + name + " cannot be read: " + FileTrouble.words(unreadable), unreadable);
    } catch (InvalidPathException none) {
      throw new IllegalArgumentException("'" + name + "' is not a path", none);
    }
  }
}
