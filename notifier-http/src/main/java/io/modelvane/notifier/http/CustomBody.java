package io.modelvane.notifier.http;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.modelvane.spi.Notification;
import io.modelvane.spi.Problems;
import io.modelvane.toolkit.Escapes;
import io.modelvane.toolkit.MessageValues;
import io.modelvane.toolkit.OptionChecks;
import io.modelvane.toolkit.Templates;
import java.util.Locale;
import java.util.function.UnaryOperator;

/**
 * The operator's template. One that should be JSON and did not come out as JSON, because a value
 * outside of quotes was missing, would be refused and the alert lost: our own body goes instead.
 */
final class CustomBody implements HttpBody {
  private static final ObjectMapper JSON =
      new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

  private static final String REMEDY =
      "put {{names}} in quotes or in sections ({{#value}}{{value}}{{/value}}), or change"
          + " content_type";

  private final Templates.Template template;
  private final boolean mustBeJson;
  private final HttpBody instead;
  private final System.Logger logger;

  CustomBody(HttpOptions options, HttpBody instead, System.Logger logger) {
    this.template = new Templates(escape(options)).compile(options.body().orElseThrow());
    this.mustBeJson = isJson(options);
    this.instead = instead;
    this.logger = logger;
  }

  @Override
  public String of(Notification notification) {
    String text = template.render(MessageValues.of(notification));
    if (mustBeJson && !isJson(text)) {
      logger.log(
          System.Logger.Level.WARNING,
          "''body'' did not come out as JSON for incident {0}: our own JSON was sent instead; put"
              + " '{{names}}' in quotes or in sections",
          notification.incident().id());
      return instead.of(notification);
    }
    return text;
  }

  /** Reports a template that cannot be read, or that is no JSON where values are missing. */
  static void check(HttpOptions options, Problems problems) {
    String text = options.body().orElseThrow();
    OptionChecks.template("body", text, problems);
    if (!isJson(options)) {
      return;
    }
    try {
      Templates.Template template = new Templates(Escapes::json).compile(text);
      if (JSON.readTree(template.render(MessageValues.ofNothing())).isMissingNode()) {
        problems.add("body", "is empty where values are missing: " + REMEDY);
      }
    } catch (JsonProcessingException invalid) {
      // Its words would repeat a part of the body, which may hold a token.
      JsonLocation place = invalid.getLocation();
      problems.add(
          "body",
          "is no JSON where values are missing, from line %d, column %d on: %s"
              .formatted(place.getLineNr(), place.getColumnNr(), REMEDY));
    } catch (IllegalArgumentException reported) {
      return; // as no template, above
    }
  }

  private static boolean isJson(String text) {
    try {
      return !JSON.readTree(text).isMissingNode();
    } catch (JsonProcessingException invalid) {
      return false;
    }
  }

  private static boolean isJson(HttpOptions options) {
    return type(options).contains("json");
  }

  private static UnaryOperator<String> escape(HttpOptions options) {
    if (isJson(options)) {
      return Escapes::json;
    } else if (type(options).contains("x-www-form-urlencoded")) {
      return Escapes::url;
    }
    boolean markup = type(options).contains("xml") || type(options).contains("html");
    return markup ? Escapes::html : text -> text;
  }

  private static String type(HttpOptions options) {
    return options.bodyType().toLowerCase(Locale.ROOT);
  }
}
