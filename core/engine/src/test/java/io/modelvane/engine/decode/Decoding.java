package io.modelvane.engine.decode;

import io.modelvane.engine.TestEvents;
import io.modelvane.engine.config.Options;
import io.modelvane.spi.Decoder;
import io.modelvane.spi.EventBatch;
import io.modelvane.spi.EventRejection;
import io.modelvane.spi.PointBatch;
import io.modelvane.spi.PointBatchBuilder;
import io.modelvane.spi.Split;
import io.modelvane.testkit.TestContext;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Decodes messages and shows what became of them. */
final class Decoding {
  static final Split TOPIC = new Split("calls", 3);

  /** Lines of the points, and reasons of the rejections. */
  record Result(List<String> lines, List<String> reasons) {}

  final TestContext context = TestContext.named("decoder").build();
  private final Decoder decoder;

  private Decoding(JsonOptions options) {
    this.decoder = new JsonDecoder(options, context);
  }

  static Decoding insights() {
    return new Decoding(JsonOptions.insights(true));
  }

  static Decoding insights(boolean keepIds) {
    return new Decoding(JsonOptions.insights(keepIds));
  }

  /** The mapping that a YAML text describes. */
  static Decoding json(String yaml) {
    return new Decoding(Options.read(JsonOptions.class, yaml));
  }

  Result decode(String message) {
    return decode(TestEvents.batch(TOPIC, 70, message));
  }

  Result decode(byte[] message) {
    return decode(new TestEvents(TOPIC, 70).add(message));
  }

  Result decode(EventBatch events) {
    PointBatchBuilder builder = new PointBatchBuilder();
    builder.events(events);
    decoder.decode(events, builder);
    PointBatch batch = builder.build();
    List<String> lines = new ArrayList<>();
    for (int row = 0; row < batch.size(); row++) {
      lines.add(batch.line(row));
    }
    return new Result(lines, batch.rejections().stream().map(EventRejection::reason).toList());
  }

  long dropped(String cause) {
    return context.recordedMeters().count("dropped_fields", Map.of("cause", cause));
  }

  static byte[] latin(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }
}
