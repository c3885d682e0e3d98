package io.modelvane.bench.endtoend;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Random;
import java.util.UUID;

/**
 * Model calls like the sample of the Insights documentation, about 270 bytes each; the same ones
 * for the same number of series.
 */
final class Calls {
  private static final DateTimeFormatter MICROSECONDS =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSSSS").withZone(ZoneOffset.UTC);
  private static final int VERSIONS = 4;

  private final Random random = new Random(1);
  private final int models;

  /** Calls of so many series: four versions of each model. */
  Calls(int series) {
    this.models = Math.max(1, series / VERSIONS);
  }

  /** A call of some series at this time, with a harmless score. */
  byte[] at(Instant time) {
    int model = random.nextInt(models);
    return text(model, random.nextInt(VERSIONS), random.nextInt(5_000), time);
  }

  /** A call of this model at this time, with a score that so many thresholds are reached by. */
  byte[] breach(int model, Reach reach, Instant time) {
    return text(model, 0, reach.score, time);
  }

  /** What a breach reaches of the thresholds of {@link Scenario}, which begin at 0.900. */
  enum Reach {
    /** None. */
    NONE(4_000),
    /** The lowest only: the one that somebody is told of. */
    ONE(9_005),
    /** All of them. */
    ALL(9_999);

    private final int score;

    Reach(int score) {
      this.score = score;
    }
  }

  private byte[] text(int model, int version, int score, Instant time) {
    StringBuilder text = new StringBuilder(300);
    text.append("{\"risk_score\": 0.").append(score + 10_000).deleteCharAt(text.length() - 5);
    text.append(", \"duration_milliseconds\": ").append(random.nextInt(500));
    text.append(", \"algorithm_name\": \"credit_card_").append(model);
    text.append("\", \"algorithm_owner\": \"asli\", \"algorithm_version\": \"1.0.").append(version);
    text.append("\", \"session_id\": \"rses-").append(new UUID(1, model));
    text.append("\", \"request_id\": \"req-");
    text.append(new UUID(random.nextLong(), random.nextLong()));
    text.append("\", \"time\": \"");
    MICROSECONDS.formatTo(time, text);
    return text.append("\"}").toString().getBytes(StandardCharsets.US_ASCII);
  }
}
