package io.modelvane.bench.micro;

import io.modelvane.spi.EventBatch;
import io.modelvane.spi.Header;
import io.modelvane.spi.Split;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A batch of model calls of one partition, by shape. */
record Messages(List<byte[]> values) implements EventBatch {
  static final int SIZE = 1_000;

  private static final Split SPLIT = new Split("insights", 0);

  /** So many batches of calls of so many series; the same ones each time. */
  static List<Messages> several(Shape shape, int series, int batches) {
    Random random = new Random(1);
    List<Messages> several = new ArrayList<>();
    for (int batch = 0; batch < batches; batch++) {
      List<byte[]> values = new ArrayList<>();
      for (int i = 0; i < SIZE; i++) {
        values.add(call(shape, random.nextInt(series), random).getBytes(StandardCharsets.UTF_8));
      }
      several.add(new Messages(values));
    }
    return several;
  }

  private static String call(Shape shape, int model, Random random) {
    String quote = shape == Shape.NUMBERS_AS_TEXT ? "\"" : "";
    StringBuilder text = new StringBuilder(400);
    text.append("{\"risk_score\": ").append(quote).append(random.nextInt(10_000) / 1e4);
    text.append(quote).append(", \"duration_milliseconds\": ").append(quote);
    text.append(random.nextInt(500)).append(quote);
    text.append(", \"algorithm_name\": \"").append(name(shape)).append(model);
    text.append("\", \"algorithm_owner\": \"asli\", \"algorithm_version\": \"1.0.")
        .append(model % 4);
    text.append("\", \"session_id\": \"rses-").append(new UUID(1, model));
    text.append("\", \"request_id\": \"req-");
    text.append(new UUID(random.nextLong(), random.nextLong()));
    for (int metric = 2; shape == Shape.WIDE && metric < 25; metric++) {
      text.append(metric == 2 ? "\", \"m2\": " : ", \"m" + metric + "\": ")
          .append(random.nextDouble());
    }
    text.append(shape == Shape.WIDE ? ", " : "\", ");
    if (shape == Shape.LONG) {
      text.append("\"note\": \"").append("lorem ipsum ".repeat(170)).append("\", ");
    }
    text.append("\"time\": \"2026-11-20T00:00:").append(10 + random.nextInt(50)).append('.');
    return text.append(100_000 + random.nextInt(900_000)).append("\"}").toString();
  }

  private static String name(Shape shape) {
    return shape == Shape.ODD_NAMES ? "Kredit, \\\"größer = 1\\\" " : "credit_card_approval_";
  }

  @Override
  public Split split() {
    return SPLIT;
  }

  @Override
  public int size() {
    return values.size();
  }

  @Override
  public long offset(int index) {
    return index;
  }

  @Override
  public long nextOffset() {
    return values.size();
  }

  @Override
  public long timeMillis(int index) {
    return 1_790_000_000_000L;
  }

  @Override
  public byte @Nullable [] key(int index) {
    return null;
  }

  @Override
  public byte[] value(int index) {
    return values.get(index);
  }

  @Override
  public List<Header> headers(int index) {
    return List.of();
  }
}
