package io.modelvane.testkit;

import io.modelvane.spi.Incident;
import io.modelvane.spi.IncidentStep;
import io.modelvane.spi.Level;
import io.modelvane.spi.Notification;
import io.modelvane.spi.Point;
import io.modelvane.spi.PointBatch;
import io.modelvane.spi.Series;
import io.modelvane.spi.Status;
import io.modelvane.spi.Tag;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/** Values that look like those of a real installation, so that a test states what it is about. */
public final class Samples {
  /** When everything in the samples happens: the start of {@link TestContext}'s clock. */
  public static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

  private Samples() {}

  /** A model of a credit-card company. */
  public static Series series() {
    return series(Map.of("algorithm_name", "credit_card_approval", "algorithm_version", "1.0.6"));
  }

  /** A series of measurement {@code insights}. */
  public static Series series(Map<String, String> tags) {
    List<Tag> all =
        tags.entrySet().stream().map(entry -> new Tag(entry.getKey(), entry.getValue())).toList();
    return Series.of("insights", all);
  }

  /** So many rows of one series, one second apart. */
  public static PointBatch batch(int rows) {
    return PointBatch.of(
        LongStream.range(0, rows)
            .mapToObj(
                row ->
                    new Point(
                        series(), NOW.plusSeconds(row), Map.of("risk_score", 0.25 + row / 1e6)))
            .toList());
  }

  /** A status: {@code risk_score} is 0.93 where 0.7 is allowed. */
  public static Status status() {
    return notification().build().status();
  }

  /** The incident it opened. */
  public static Incident incident() {
    return notification().build().incident();
  }

  /** Begins a notification: an incident opened a minute ago, at {@code crit}. */
  public static NotificationBuilder notification() {
    return new NotificationBuilder();
  }

  /** A notification to be changed where the test cares. Every method returns this. */
  public static final class NotificationBuilder {
    private String id = "n-0001";
    private String incidentId = "i-0001";
    private Series series = Samples.series();
    private IncidentStep step = IncidentStep.OPENED;
    private Level previous = Level.OK;
    private Level level = Level.CRIT;
    private String message = "risk_score is 0.93, above 0.7";
    private String check = "risky-approvals";
    private final Map<String, String> details =
        new LinkedHashMap<>(Map.of("threshold", "> 0.7", "request_id", "req-4711"));
    private Map<String, String> receipt = Map.of();
    private int attempt = 1;
    private boolean repeat;
    private @Nullable URI link = URI.create("https://dash.example.com/d/models?var=credit&x=1");
    private OptionalDouble value = OptionalDouble.of(0.93);
    private final List<Notification.Member> members = new ArrayList<>();

    private NotificationBuilder() {}

    /** The id of the notification. */
    public NotificationBuilder id(String text) {
      this.id = text;
      return this;
    }

    /** The incident, whose key is made from this too. */
    public NotificationBuilder incident(String text) {
      this.incidentId = text;
      return this;
    }

    /** The check. */
    public NotificationBuilder check(String text) {
      this.check = text;
      return this;
    }

    /** The series. */
    public NotificationBuilder series(Series other) {
      this.series = other;
      return this;
    }

    /** What happened, from which level to which. */
    public NotificationBuilder step(IncidentStep what, Level from, Level to) {
      this.step = what;
      this.previous = from;
      this.level = to;
      return this;
    }

    /** The incident is over, having been {@code crit}. */
    public NotificationBuilder resolved() {
      return step(IncidentStep.RESOLVED, Level.CRIT, Level.OK);
    }

    /** What was found. */
    public NotificationBuilder message(String text) {
      this.message = text;
      return this;
    }

    /** A further fact. */
    public NotificationBuilder detail(String name, String text) {
      this.details.put(name, text);
      return this;
    }

    /** The value, or none. */
    public NotificationBuilder value(OptionalDouble number) {
      this.value = number;
      return this;
    }

    /** What an earlier notification of the incident gave back. */
    public NotificationBuilder receipt(Map<String, String> earlier) {
      this.receipt = earlier;
      return this;
    }

    /** Another attempt, after one whose fate is not known. */
    public NotificationBuilder repeated(int number) {
      this.attempt = number;
      this.repeat = true;
      return this;
    }

    /** Where to look, or null. */
    public NotificationBuilder link(@Nullable URI where) {
      this.link = where;
      return this;
    }

    /** It is about this one as well. */
    public NotificationBuilder member(Notification other) {
      this.members.add(new Notification.Member(other.incident(), other.status()));
      return this;
    }

    /** The notification. */
    public Notification build() {
      Level worst = level.worseThan(previous) ? level : previous;
      Incident incident =
          new Incident(
              incidentId,
              "%016x".formatted((long) incidentId.hashCode()),
              check,
              series,
              level,
              worst,
              NOW.minusSeconds(60),
              3);
      Status status =
          new Status(
              check,
              "threshold",
              series,
              level,
              NOW,
              NOW.minusMillis(250),
              Optional.of("risk_score"),
              value,
              message,
              details);
      return new Notification(
          id,
          "page",
          incident,
          step,
          previous,
          status,
          NOW,
          attempt,
          repeat,
          Optional.ofNullable(link),
          receipt,
          members);
    }
  }
}
