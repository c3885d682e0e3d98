package io.modelvane.kafka;

import io.modelvane.spi.ComponentContext;
import io.modelvane.spi.DeadLetter;
import io.modelvane.spi.Event;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

/**
 * Dead letters as messages: key, body and headers as they came, and headers {@code modelvane.*} of
 * ours behind them.
 */
final class LetterRecords {
  /** The letter as it is. */
  static final int WHOLE = Integer.MAX_VALUE;

  /** Sizes to try, one after the other, when the topic does not take it. */
  static final List<Integer> SHORTENED = List.of(64 * 1024, 1024, 128);

  private static final int LONGEST_TEXT = 64 * 1024;

  private final String topic;
  private final ComponentContext context;

  LetterRecords(String topic, ComponentContext context) {
    this.topic = topic;
    this.context = context;
  }

  /**
   * The message.
   *
   * @param limit bytes that key, body and each text may have; when it is not {@link #WHOLE} the
   *     original headers are left out, and the letter says what was cut
   */
  ProducerRecord<byte[], byte[]> of(DeadLetter letter, int limit) {
    Event event = letter.event();
    ProducerRecord<byte[], byte[]> record =
        new ProducerRecord<>(topic, cut(event.key(), limit), cut(event.value(), limit));
    Headers headers = record.headers();
    if (limit == WHOLE) {
      event.headers().forEach(header -> headers.add(header.key(), header.value()));
    }
    int text = Math.min(limit, LONGEST_TEXT);
    add(headers, "format", "1");
    add(headers, "reason", shortened(context.redact(letter.reason()), text));
    add(headers, "stage", letter.stage());
    add(headers, "pipeline", letter.pipeline());
    add(headers, "stream", event.position().split().stream());
    add(headers, "partition", String.valueOf(event.position().split().partition()));
    add(headers, "offset", String.valueOf(event.position().offset()));
    event.time().ifPresent(time -> add(headers, "time", time.toString()));
    add(headers, "at", letter.at().toString());
    letter.line().ifPresent(line -> add(headers, "line", shortened(context.redact(line), text)));
    if (limit != WHOLE) {
      add(headers, "shortened-from", String.valueOf(length(event.value())));
      add(headers, "headers-left-out", String.valueOf(event.headers().size()));
    }
    return record;
  }

  private static byte @Nullable [] cut(byte @Nullable [] bytes, int limit) {
    return bytes == null || bytes.length <= limit ? bytes : Arrays.copyOf(bytes, limit);
  }

  private static int length(byte @Nullable [] bytes) {
    return bytes == null ? 0 : bytes.length;
  }

  private static String shortened(String text, int limit) {
    return text.length() > limit ? text.substring(0, limit) : text;
  }

  private static void add(Headers headers, String name, String value) {
    headers.add("modelvane." + name, value.getBytes(StandardCharsets.UTF_8));
  }
}
