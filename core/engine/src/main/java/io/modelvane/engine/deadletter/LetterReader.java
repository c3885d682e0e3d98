package io.modelvane.engine.deadletter;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.modelvane.spi.DeadLetter;
import io.modelvane.spi.Event;
import io.modelvane.spi.Header;
import io.modelvane.spi.Position;
import io.modelvane.spi.Split;
import java.io.IOException;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads what {@link LetterWriter} writes. Keys that it does not know are passed over. */
final class LetterReader {
  private static final JsonFactory JSON =
      JsonFactory.builder()
          .streamReadConstraints(
              com.fasterxml.jackson.core.StreamReadConstraints.builder()
                  .maxStringLength(Integer.MAX_VALUE) // a body may be as large as Kafka allows
                  .build())
          .build();

  private final Map<String, String> texts = new HashMap<>();
  private final Map<String, Long> numbers = new HashMap<>();
  private final List<Header> headers = new ArrayList<>();
  private byte @Nullable [] key;
  private byte @Nullable [] value;

  private LetterReader() {}

  /**
   * What a line says.
   *
   * @param letter the letter
   * @param text its body as text, where the line has it
   */
  record Read(DeadLetter letter, Optional<String> text) {}

  /**
   * One letter.
   *
   * @throws IOException when the line is none
   */
  static Read letter(byte[] line) throws IOException {
    try (JsonParser json = JSON.createParser(line)) {
      LetterReader reader = new LetterReader();
      reader.read(json);
      return new Read(reader.letter(), Optional.ofNullable(reader.texts.get("text")));
    } catch (DateTimeParseException | IllegalArgumentException wrong) {
      throw new IOException(wrong.getMessage(), wrong);
    }
  }

  private void read(JsonParser json) throws IOException {
    if (json.nextToken() != JsonToken.START_OBJECT) {
      throw new IOException("is no JSON object");
    }
    for (String name = json.nextFieldName(); name != null; name = json.nextFieldName()) {
      JsonToken token = json.nextToken();
      if (name.equals("key")) {
        key = json.getBinaryValue();
      } else if (name.equals("value")) {
        value = json.getBinaryValue();
      } else if (name.equals("headers")) {
        readHeaders(json);
      } else if (token == JsonToken.VALUE_NUMBER_INT) {
        numbers.put(name, json.getLongValue());
      } else if (token == JsonToken.VALUE_STRING) {
        texts.put(name, json.getText());
      } else {
        json.skipChildren();
      }
    }
  }

  private void readHeaders(JsonParser json) throws IOException {
    while (json.nextToken() == JsonToken.START_OBJECT) {
      String name = "";
      byte[] bytes = null;
      for (String part = json.nextFieldName(); part != null; part = json.nextFieldName()) {
        json.nextToken();
        if (part.equals("key")) {
          name = json.getText();
        } else if (part.equals("value")) {
          bytes = json.getBinaryValue();
        }
      }
      headers.add(new Header(name, bytes));
    }
  }

  @SuppressWarnings(
      "NullAway") // it does not see on a compiled record that key and value may be null
  private DeadLetter letter() throws IOException {
    if (number("format") > LetterWriter.FORMAT) {
      throw new IOException("was written by a newer version (format " + number("format") + ")");
    }
    Split split = new Split(text("stream"), (int) number("partition"));
    Event event =
        new Event(
            new Position(split, number("offset")),
            Optional.ofNullable(texts.get("time")).map(Instant::parse),
            key,
            value,
            headers);
    return new DeadLetter(
        Instant.parse(text("at")),
        text("pipeline"),
        text("stage"),
        text("reason"),
        event,
        Optional.ofNullable(texts.get("line")));
  }

  private String text(String name) throws IOException {
    String text = texts.get(name);
    if (text == null) {
      throw new IOException("has no '" + name + "'");
    }
    return text;
  }

  private long number(String name) throws IOException {
    Long number = numbers.get(name);
    if (number == null) {
      throw new IOException("has no '" + name + "'");
    }
    return number;
  }
}
