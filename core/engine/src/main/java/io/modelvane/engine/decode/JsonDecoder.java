package io.modelvane.engine.decode;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.modelvane.spi.ComponentContext;
import io.modelvane.spi.Decoder;
import io.modelvane.spi.EventBatch;
import io.modelvane.spi.PointBatchBuilder;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Decodes JSON by a mapping: one pass over the bytes, values straight into the row. What is flat
 * and plain goes a shorter way to the same rows.
 */
final class JsonDecoder implements Decoder {
  private static final int DEEPEST = 32;
  private static final int LONGEST = 160;
  private static final int LONGEST_PATH = 8_000; // as long as one name may be
  private static final int MOST_ELEMENTS = 10_000;
  private static final JsonFactory JSON =
      JsonFactory.builder()
          .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS) // Python writes NaN and Infinity
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(DEEPEST)
                  .maxNumberLength(4_000)
                  .maxStringLength(64 << 20)
                  .maxNameLength(LONGEST_PATH)
                  .build())
          .build();
  private static final long MOST_COPIED = 64L << 20;

  /** For what is exploded; made only when something is. */
  private static final class Tree {
    static final ObjectMapper MAPPER =
        JsonMapper.builder(JSON)
            .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS) // digits as they came
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .build();
  }

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
    if (flat != null) {
      flat.begin();
    }
    for (int i = 0; i < events.size(); i++) {
      out.event(i);
      try {
        decodeOne(events, i, out);
      } catch (Rejection rejection) {
        out.reject(rejection.reason());
      } catch (IOException malformed) {
        out.reject(explain(malformed));
      }
    }
    if (flat != null) {
      flat.end(out);
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
      if (path.length() > LONGEST_PATH) {
        throw new Rejection(
            "has a key of more than %,d characters, those it lies in included"
                .formatted(LONGEST_PATH));
      }
      JsonToken token = parser.nextToken();
      switch (token) {
        case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> number(parser, row.slot(path));
        case VALUE_STRING -> row.text(row.slot(path), parser.getText());
        case VALUE_TRUE -> row.bool(row.slot(path), true);
        case VALUE_FALSE -> row.bool(row.slot(path), false);
        case VALUE_NULL -> row.slot(path);
        case START_OBJECT -> {
          row.object(row.slot(path));
          members(parser, path + ".");
        }
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
    String path = options.explode().orElseThrow();
    JsonNode root = Tree.MAPPER.readTree(value);
    ObjectNode outer = Tree.MAPPER.createObjectNode();
    JsonNode elements = root;
    if (!path.equals(".")) {
      elements = take(root, path);
      if (root instanceof ObjectNode object) {
        outer = object;
      }
    }
    if (!elements.isArray()) {
      throw new Rejection(
          path.equals(".") ? "is not an array" : "has no array '" + path + "' to explode");
    }
    checkSize(elements.size(), outer);
    List<String> refused = new ArrayList<>();
    for (int i = 0; i < elements.size(); i++) {
      Optional<String> reason = element(new Element(events, index, i), outer, elements.get(i), out);
      if (reason.isPresent()) {
        refused.add("element " + i + " " + reason.get());
      }
    }
    if (!refused.isEmpty()) {
      out.reject(summary(refused, elements.size()));
    }
  }

  /** Takes the node at a path out of a tree. */
  private static JsonNode take(JsonNode root, String path) {
    JsonNode parent = root;
    String[] names = path.split("\\.", -1);
    for (int i = 0; i < names.length - 1; i++) {
      parent = parent.path(names[i]);
    }
    String last = names[names.length - 1];
    JsonNode taken = parent.path(last);
    if (parent instanceof ObjectNode object) {
      object.remove(last);
    }
    return taken;
  }

  private static void checkSize(int elements, ObjectNode outer) throws Rejection, IOException {
    if (elements == 0 || elements > MOST_ELEMENTS) {
      throw new Rejection(
          "its array has %d elements; 1 to %d are allowed".formatted(elements, MOST_ELEMENTS));
    }
    long copied = (long) elements * Tree.MAPPER.writeValueAsBytes(outer).length;
    if (copied > MOST_COPIED) {
      throw new Rejection(
          "its array would repeat the rest of the message in %d elements, %d MiB in all"
              .formatted(elements, copied >> 20));
    }
  }

  private static String summary(List<String> refused, int of) {
    String first = String.join("; ", refused.subList(0, Math.min(3, refused.size())));
    return "%d of its %d elements cannot be stored: %s%s"
        .formatted(refused.size(), of, first, refused.size() > 3 ? "; ..." : "");
  }

  private record Element(EventBatch events, int event, int number) {}

  /** An element that is bad does not spoil the others; what is wrong with it is the result. */
  private Optional<String> element(
      Element at, ObjectNode outer, JsonNode node, PointBatchBuilder out) throws IOException {
    row.begin(at.events, at.event, out);
    try {
      if (!(node instanceof ObjectNode object)) {
        throw new Rejection("is not an object");
      }
      ObjectNode merged = Tree.MAPPER.createObjectNode();
      merged.setAll(outer);
      merged.setAll(object);
      try (JsonParser parser = JSON.createParser(Tree.MAPPER.writeValueAsBytes(merged))) {
        object(parser);
      }
      row.end(at.events, at.event, at.number);
      return Optional.empty();
    } catch (Rejection rejection) {
      out.abandonRow();
      return Optional.of(rejection.reason());
    }
  }

  private static String explain(IOException malformed) {
    if (!(malformed instanceof JsonProcessingException json)) {
      return "is not valid JSON: " + malformed.getMessage();
    }
    String text = String.valueOf(json.getOriginalMessage()).lines().findFirst().orElse("");
    String words = text.replaceAll(", from `[^`]*`|: not allowed when .*", "");
    if (json instanceof StreamConstraintsException) {
      return "is not read: " + words;
    }
    String where =
        json.getLocation() == null
            ? ""
            : " at byte " + Math.max(0, json.getLocation().getByteOffset());
    return "is not valid JSON%s: %s"
        .formatted(where, words.length() > LONGEST ? words.substring(0, LONGEST) : words);
  }
}
