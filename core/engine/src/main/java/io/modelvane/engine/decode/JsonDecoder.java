package io.modelvane.engine.decode;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.modelvane.spi.ComponentContext;
import io.modelvane.spi.Decoder;
import io.modelvane.spi.EventBatch;
import io.modelvane.spi.PointBatchBuilder;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Decodes JSON by a mapping: one pass over the bytes, values straight into the row. What is flat
 * and plain goes a shorter way to the same rows.
 */
final class JsonDecoder implements Decoder {
  private static final int DEEPEST = 32;
  private static final int MOST_ELEMENTS = 10_000;
  private static final JsonFactory JSON =
      JsonFactory.builder()
          .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS) // Python writes NaN and Infinity
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(DEEPEST)
                  .maxNumberLength(4_000)
                  .maxStringLength(64 << 20)
                  .maxNameLength(8_000)
                  .build())
          .build();
  private static final ObjectMapper TREE =
      new ObjectMapper(JSON)
          .enable(
              com.fasterxml.jackson.databind.DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
          .enable(com.fasterxml.jackson.databind.DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

  private final JsonOptions options;
  private final RowAssembler row;
  private final @Nullable FlatRows flat;

  JsonDecoder(JsonOptions options, ComponentContext context) {
    this(options, context, true);
  }

  /** A decoder that may be kept from going the shorter way, to compare the two. */
  JsonDecoder(JsonOptions options, ComponentContext context, boolean shorter) {
    this.options = options;
    this.row = new RowAssembler(options, new Drops(context));
    this.flat = shorter && FlatRows.supports(options) ? new FlatRows(options, row) : null;
  }

  @Override
  public void decode(EventBatch events, PointBatchBuilder out) {
    for (int i = 0; i < events.size(); i++) {
      out.event(i);
      try {
        decodeOne(events, i, out);
      } catch (Rejection rejection) {
        out.reject(rejection.reason());
      } catch (JsonProcessingException malformed) {
        out.reject(explain(malformed));
      } catch (IOException impossible) {
        throw new IllegalStateException(impossible);
      }
    }
  }

  private void decodeOne(EventBatch events, int index, PointBatchBuilder out)
      throws Rejection, IOException {
    byte[] value = events.value(index);
    if (value == null) {
      throw new Rejection("has no value (a tombstone)");
    } else if (value.length == 0) {
      throw new Rejection("is empty");
    }
    if (options.explode().isPresent()) {
      explode(events, index, value, out);
      return;
    }
    if (flat != null && flat.decode(events, index, value, out)) {
      return;
    }
    row.begin(events, index, out);
    boolean ended = false;
    try (JsonParser parser = JSON.createParser(value)) {
      object(parser);
      row.end(events, index, 0);
      ended = true;
    } finally {
      if (!ended) {
        out.abandonRow();
      }
    }
  }

  private void object(JsonParser parser) throws Rejection, IOException {
    JsonToken first = parser.nextToken();
    if (first != JsonToken.START_OBJECT) {
      throw new Rejection(
          "is %s, not a JSON object".formatted(first == null ? "blank" : words(first)));
    }
    members(parser, "");
    if (parser.nextToken() != null) {
      throw new Rejection("goes on after its JSON object");
    }
  }

  private static String words(JsonToken token) {
    return switch (token) {
      case START_ARRAY -> "an array; set 'explode: .' if each element is a call";
      case VALUE_STRING -> "a text";
      case VALUE_NULL -> "null";
      case VALUE_TRUE, VALUE_FALSE -> "a truth value";
      default -> "a number";
    };
  }

  private void members(JsonParser parser, String prefix) throws Rejection, IOException {
    for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
      String path = prefix.isEmpty() ? name : prefix + name;
      JsonToken token = parser.nextToken();
      switch (token) {
        case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> number(parser, row.slot(path));
        case VALUE_STRING -> row.text(row.slot(path), parser.getText());
        case VALUE_TRUE -> row.bool(row.slot(path), true);
        case VALUE_FALSE -> row.bool(row.slot(path), false);
        case VALUE_NULL -> row.slot(path);
        case START_OBJECT -> members(parser, path + ".");
        case START_ARRAY -> {
          row.array(row.slot(path));
          parser.skipChildren();
        }
        default -> throw new Rejection("has an unexpected " + token + " at '" + path + "'");
      }
    }
  }

  private void number(JsonParser parser, Slot slot) throws Rejection, IOException {
    if (parser.currentToken() == JsonToken.VALUE_NUMBER_FLOAT && parser.isNaN()) {
      row.notFinite(slot);
    } else {
      row.number(slot, parser.getTextCharacters(), parser.getTextOffset(), parser.getTextLength());
    }
  }

  private void explode(EventBatch events, int index, byte[] value, PointBatchBuilder out)
      throws Rejection, IOException {
    JsonNode root = TREE.readTree(value);
    String path = options.explode().orElseThrow();
    JsonNode elements = root;
    ObjectNode outer = TREE.createObjectNode();
    if (!path.equals(".")) {
      elements = root.at("/" + path.replace('.', '/'));
      if (root instanceof ObjectNode object) {
        outer = object.deepCopy();
        remove(outer, path);
      }
    }
    if (!elements.isArray()) {
      throw new Rejection(
          path.equals(".") ? "is not an array" : "has no array '" + path + "' to explode");
    }
    if (elements.isEmpty() || elements.size() > MOST_ELEMENTS) {
      throw new Rejection(
          "its array has %d elements; 1 to %d are allowed"
              .formatted(elements.size(), MOST_ELEMENTS));
    }
    for (int i = 0; i < elements.size(); i++) {
      element(events, index, i, outer, elements.get(i), out);
    }
  }

  private static void remove(ObjectNode outer, String path) {
    int dot = path.lastIndexOf('.');
    JsonNode parent = dot < 0 ? outer : outer.at("/" + path.substring(0, dot).replace('.', '/'));
    if (parent instanceof ObjectNode object) {
      object.remove(path.substring(dot + 1));
    }
  }

  /** An element that is bad does not spoil the others: it alone is rejected. */
  private void element(
      EventBatch events,
      int index,
      int element,
      ObjectNode outer,
      JsonNode node,
      PointBatchBuilder out)
      throws IOException {
    row.begin(events, index, out);
    try {
      if (!(node instanceof ObjectNode object)) {
        throw new Rejection("is not an object");
      }
      ObjectNode merged = outer.deepCopy();
      merged.setAll(object);
      try (JsonParser parser = JSON.createParser(TREE.writeValueAsBytes(merged))) {
        object(parser);
      }
      row.end(events, index, element);
    } catch (Rejection rejection) {
      out.abandonRow();
      out.reject("element " + element + ": " + rejection.reason());
    }
  }

  private static String explain(JsonProcessingException malformed) {
    String where =
        malformed.getLocation() == null
            ? ""
            : " at byte " + Math.max(0, malformed.getLocation().getByteOffset());
    String words = String.valueOf(malformed.getOriginalMessage());
    int end = words.indexOf('\n');
    return "is not valid JSON%s: %s"
        .formatted(where, EventTime.shortened(end < 0 ? words : words.substring(0, end)));
  }
}
