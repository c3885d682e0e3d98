package io.modelvane.demo;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.UUID;

/**
 * The messages of a plan, one after the other, each with the time at which it is due. Nothing here
 * looks at a clock: the same plan and the same start give the same messages, byte for byte.
 */
final class CallSequence {
  private static final String[] MALFORMED = {
    "{\"algorithm_name\":\"credit_card_approval\",\"risk_score\":0.",
    "<html><body>502 Bad Gateway</body></html>",
    "{\"algorithm_name\":\"fraud_screening\" \"risk_score\":0.1}",
  };
  private static final int CALLS_PER_SESSION = 200;
  private static final DateTimeFormatter MICROSECONDS =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSS");
  private static final DateTimeFormatter SECONDS =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss");

  private final TrafficPlan plan;
  private final Instant start;
  private final SplittableRandom random;
  private final Map<String, Session> sessions = new HashMap<>();
  private double elapsedSeconds;
  private long calls;
  private int malformed;
  private boolean malformedDue;

  CallSequence(TrafficPlan plan, Instant start) {
    this.plan = plan;
    this.start = start;
    this.random = new SplittableRandom(plan.seed());
  }

  /**
   * A message to send.
   *
   * @param model empty if it is malformed
   * @param dueAt when to send it; also the call's own time
   * @param episode the risky time that the call belongs to, negative if none
   */
  record Message(String model, Instant dueAt, int episode, String text) {
    boolean isCall() {
      return !model.isEmpty();
    }
  }

  private record Session(UUID id, int calls) {}

  Message next() {
    if (malformedDue) {
      malformedDue = false;
      return new Message("", now(), -1, MALFORMED[malformed++ % MALFORMED.length]);
    }
    Message call = nextCall();
    calls++;
    malformedDue = plan.malformedEvery() > 0 && calls % plan.malformedEvery() == 0;
    return call;
  }

  private Message nextCall() {
    Model model = nextModel();
    int episode = model.name().equals(Model.RISKY) ? plan.episodeAt(elapsed()) : -1;
    return new Message(model.name(), now(), episode, json(model, episode >= 0));
  }

  /** Moves on to the next call; one to a silent model is a call that nobody hears of. */
  private Model nextModel() {
    while (true) {
      elapsedSeconds -= Math.log(1 - random.nextDouble()) / plan.callsPerSecond();
      Model model = draw();
      if (!model.name().equals(Model.SILENT) || elapsed().compareTo(plan.silentAfter()) < 0) {
        return model;
      }
    }
  }

  private Model draw() {
    double left = random.nextDouble();
    for (Model model : Model.ALL) {
      left -= model.share();
      if (left < 0) {
        return model;
      }
    }
    return Model.ALL.get(0);
  }

  private Duration elapsed() {
    return Duration.ofNanos((long) (elapsedSeconds * 1e9));
  }

  private Instant now() {
    return start.plus(elapsed()).truncatedTo(ChronoUnit.MICROS);
  }

  private String json(Model model, boolean risky) {
    StringBuilder json = new StringBuilder(320);
    json.append("{\"duration_milliseconds\":");
    json.append(Math.max(1, Math.round(model.duration().sample(random))));
    appendText(json, "algorithm_name", model.name());
    appendText(json, "algorithm_owner", model.owner());
    appendText(json, "algorithm_version", model.version());
    appendText(json, "request_id", "req-" + uuid());
    appendText(json, "session_id", "rses-" + session(model));
    appendText(json, "time", time(now()));
    for (Model.Metric metric : model.metrics()) {
      double value = metric.sample(random);
      if (risky && metric.name().equals("risk_score")) {
        value = 0.72 + 0.26 * Model.orderStatistic(random, 2, 4);
      }
      json.append(",\"").append(metric.name()).append("\":").append(Math.round(value * 1e4) / 1e4);
    }
    return json.append('}').toString();
  }

  private static void appendText(StringBuilder json, String key, String value) {
    json.append(",\"").append(key).append("\":\"").append(value).append('"');
  }

  /** As Python writes it, which the platform does: no zone, and no fraction when there is none. */
  private static String time(Instant instant) {
    LocalDateTime time = LocalDateTime.ofInstant(instant, ZoneOffset.UTC);
    boolean whole = instant.truncatedTo(ChronoUnit.SECONDS).equals(instant);
    return (whole ? SECONDS : MICROSECONDS).format(time);
  }

  /** A runner serves many calls in one session. */
  private UUID session(Model model) {
    return sessions
        .compute(
            model.name(),
            (name, session) ->
                session == null || session.calls() == CALLS_PER_SESSION
                    ? new Session(uuid(), 1)
                    : new Session(session.id(), session.calls() + 1))
        .id();
  }

  private UUID uuid() {
    long high = (random.nextLong() & 0xFFFF_FFFF_FFFF_0FFFL) | 0x4000L;
    long low = (random.nextLong() & 0x3FFF_FFFF_FFFF_FFFFL) | 0x8000_0000_0000_0000L;
    return new UUID(high, low);
  }
}
