package io.modelvane.notifier.slack;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;

/**
 * An answer of the Web API. It repeats the whole message and may be cut or break off, so fields are
 * taken one by one as far as they came.
 */
final class SlackAnswer {
  private static final JsonFactory JSON = new JsonFactory();

  private final Map<String, String> fields;

  private SlackAnswer(Map<String, String> fields) {
    this.fields = fields;
  }

  static SlackAnswer of(String body) {
    Map<String, String> fields = new HashMap<>();
    try (JsonParser parser = JSON.createParser(body)) {
      if (parser.nextToken() == JsonToken.START_OBJECT) {
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
          String name = parser.currentName();
          parser.nextToken();
          if (parser.currentToken().isScalarValue()) {
            fields.putIfAbsent(name, parser.getText());
          }
          parser.skipChildren();
        }
      }
    } catch (IOException brokeOff) {
      return new SlackAnswer(fields);
    }
    return new SlackAnswer(fields);
  }

  boolean isOk() {
    return get("ok").equals("true");
  }

  /** Slack's word for what is wrong; empty when it said none. */
  String error() {
    return get("error");
  }

  String get(String name) {
    return fields.getOrDefault(name, "");
  }
}
