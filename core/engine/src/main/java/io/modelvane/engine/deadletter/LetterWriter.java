package io.modelvane.engine.deadletter;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.StreamWriteFeature;
import io.modelvane.spi.DeadLetter;
import io.modelvane.spi.Event;
import io.modelvane.spi.Header;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The format of a letter: one JSON object a line. {@code value} and {@code key} are the original
 * bytes in Base64; {@code text} repeats a body that is readable text of up to 16 KiB.
 */
final class LetterWriter {
  static final int FORMAT = 1;
  private static final int READABLE = 16 * 1024;
  private static final JsonFactory JSON =
      JsonFactory.builder()
          .disable(StreamWriteFeature.AUTO_CLOSE_TARGET)
          .disable(StreamWriteFeature.FLUSH_PASSED_TO_STREAM)
          .build();

  private LetterWriter() {}

  /** Writes a letter and the end of its line, piece by piece: none is ever in memory as a whole. */
  static void write(DeadLetter letter, UnaryOperator<String> redact, OutputStream out)
      throws IOException {
    try (JsonGenerator json = JSON.createGenerator(out)) {
      write(json, letter, redact);
    }
    out.write('\n');
  }

  /** How many bytes letters take: they are written to nowhere. */
  static long bytes(List<DeadLetter> letters, UnaryOperator<String> redact) throws IOException {
    CountedOutput out = new CountedOutput(OutputStream.nullOutputStream());
    for (DeadLetter letter : letters) {
      write(letter, redact, out);
    }
    return out.count();
  }

  private static void write(JsonGenerator json, DeadLetter letter, UnaryOperator<String> redact)
      throws IOException {
    Event event = letter.event();
    json.writeStartObject();
    json.writeNumberField("format", FORMAT);
    json.writeStringField("at", letter.at().toString());
    json.writeStringField("pipeline", letter.pipeline());
    json.writeStringField("stage", letter.stage());
    json.writeStringField("reason", redact.apply(letter.reason()));
    json.writeStringField("stream", event.position().split().stream());
    json.writeNumberField("partition", event.position().split().partition());
    json.writeNumberField("offset", event.position().offset());
    if (event.time().isPresent()) {
      json.writeStringField("time", event.time().get().toString());
    }
    bytes(json, "key", event.key());
    bytes(json, "value", event.value());
    Optional<String> text = readable(event.value());
    if (text.isPresent()) {
      json.writeStringField("text", redact.apply(text.get()));
    }
    json.writeArrayFieldStart("headers");
    for (Header header : event.headers()) {
      json.writeStartObject();
      json.writeStringField("key", header.key());
      bytes(json, "value", header.value());
      json.writeEndObject();
    }
    json.writeEndArray();
    if (letter.line().isPresent()) {
      json.writeStringField("line", redact.apply(letter.line().get()));
    }
    json.writeEndObject();
  }

  private static void bytes(JsonGenerator json, String name, byte @Nullable [] bytes)
      throws IOException {
    if (bytes != null) {
      json.writeBinaryField(name, bytes);
    }
  }

  private static Optional<String> readable(byte @Nullable [] bytes) {
    if (bytes == null || bytes.length > READABLE) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString());
    } catch (CharacterCodingException binary) {
      return Optional.empty();
    }
  }
}
