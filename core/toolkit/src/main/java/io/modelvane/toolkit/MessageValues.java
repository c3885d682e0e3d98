package io.modelvane.toolkit;

import io.modelvane.spi.Incident;
import io.modelvane.spi.Notification;
import io.modelvane.spi.Series;
import io.modelvane.spi.Status;
import io.modelvane.spi.Tag;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** The names a template may use, and the words of the default message. */
public final class MessageValues {
  /** The default title: {@code CRIT risky-approvals: credit_card_approval 1.0.6}. */
  public static final String TITLE = "{{headline}} {{check}}: {{subject}}";

  /**
   * The default text: what was found, value and threshold, how bad since when and how often, and
   * where to look.
   */
  public static final String TEXT =
      "{{message}}\n"
          + "{{#value}}{{field}} {{value}}"
          + "{{#details.threshold}} (threshold {{details.threshold}}){{/details.threshold}}\n"
          + "{{/value}}"
          + "{{change}} since {{since}} ({{duration}}), {{times}}"
          + "\n{{link}}";

  // So that what follows them, the link above all, is not cut off by a service's limit.
  private static final int MOST_MESSAGE = 1_500;
  private static final int MOST_VALUE = 300;
  private static final int MOST_MEMBERS = 50;

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss 'UTC'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  private MessageValues() {}

  /**
   * The values of a notification: {@code level}, {@code LEVEL}, {@code previous}, {@code step},
   * {@code headline}, {@code check}, {@code check_type}, {@code rule}, {@code series}, {@code
   * measurement}, {@code subject}, {@code tags.NAME}, {@code field}, {@code value}, {@code
   * message}, {@code change}, {@code since}, {@code duration}, {@code at}, {@code worst}, {@code
   * breaches}, {@code times}, {@code details.NAME}, {@code incident}, {@code id}, {@code link},
   * {@code has_link}, {@code repeat}; and where it is about several incidents {@code several},
   * {@code count} and {@code members}, each with {@code level}, {@code LEVEL}, {@code check},
   * {@code subject}, {@code message} and {@code incident}, 50 at the most. Texts are free of
   * control characters, and long ones are cut: a message to 1,500 characters, others to 300.
   */
  public static Map<String, Object> of(Notification notification) {
    Incident incident = notification.incident();
    Status status = notification.status();
    Map<String, Object> values = new LinkedHashMap<>();
    values.put("level", incident.level().text());
    values.put("LEVEL", incident.level().name());
    values.put("previous", notification.previous().text());
    values.put("step", notification.step().name().toLowerCase(Locale.ROOT));
    values.put("headline", headline(notification));
    values.put("check", shortened(incident.check()));
    values.put("check_type", Texts.clean(status.checkType()));
    values.put("rule", Texts.clean(notification.rule()));
    values.put("series", Texts.clean(incident.series().toString()));
    values.put("measurement", Texts.clean(incident.series().measurement()));
    values.put("subject", subject(incident.series()));
    values.put("tags", tags(notification));
    values.put("field", Texts.clean(status.field().orElse("")));
    values.put("value", status.value().isPresent() ? number(status.value().getAsDouble()) : "");
    values.put("message", cut(Texts.clean(status.message()), MOST_MESSAGE));
    values.put("change", change(notification));
    values.put("since", time(incident.since()));
    values.put("duration", words(Duration.between(incident.since(), notification.at())));
    values.put("at", time(notification.at()));
    values.put("worst", incident.worst().text());
    values.put("breaches", incident.breaches());
    values.put("times", times(incident.breaches()));
    values.put("details", details(status));
    values.put("incident", incident.id());
    values.put("id", notification.id());
    values.put("has_link", notification.link().isPresent());
    values.put("link", notification.link().map(Object::toString).orElse(""));
    values.put("repeat", notification.possibleRepeat());
    values.put("several", !notification.members().isEmpty());
    values.put("count", Math.max(1, notification.members().size()));
    values.put(
        "members",
        notification.members().stream().limit(MOST_MEMBERS).map(MessageValues::member).toList());
    return values;
  }

  private static Map<String, Object> member(Notification.Member member) {
    Incident incident = member.incident();
    return Map.of(
        "level",
        incident.level().text(),
        "LEVEL",
        incident.level().name(),
        "check",
        shortened(incident.check()),
        "subject",
        subject(incident.series()),
        "message",
        shortened(member.status().message()).replaceAll("\\R", " "), // one line in a list
        "incident",
        incident.id());
  }

  /**
   * The values of a notification that has nothing to say, to try a template with: texts are empty,
   * and there is no tag and no detail.
   */
  public static Map<String, Object> ofNothing() {
    return new LinkedHashMap<>(MessageNames.NOTHING);
  }

  private static String headline(Notification notification) {
    String word =
        switch (notification.step()) {
          case RESOLVED, ACKNOWLEDGED -> notification.step().name();
          case OPENED, WORSENED, IMPROVED, REPEATED -> notification.incident().level().name();
        };
    return notification.possibleRepeat() ? word + " (possibly repeated)" : word;
  }

  /** The values of the tags, which is what people call a model by. */
  private static String subject(Series series) {
    String values = series.tags().stream().map(Tag::value).collect(Collectors.joining(" "));
    return shortened(values.isEmpty() ? series.measurement() : values);
  }

  private static String shortened(String text) {
    return cut(Texts.clean(text), MOST_VALUE);
  }

  private static Map<String, String> details(Status status) {
    Map<String, String> details = new LinkedHashMap<>();
    status.details().forEach((name, text) -> details.put(name, shortened(text)));
    return details;
  }

  private static String times(long breaches) {
    return breaches == 1 ? "1 breach" : breaches + " breaches";
  }

  private static Map<String, String> tags(Notification notification) {
    Map<String, String> tags = new LinkedHashMap<>();
    notification
        .incident()
        .series()
        .tags()
        .forEach(tag -> tags.put(tag.key(), shortened(tag.value())));
    return tags;
  }

  private static String change(Notification notification) {
    return switch (notification.step()) {
      case OPENED -> notification.incident().level().text();
      case WORSENED, IMPROVED ->
          notification.incident().level().text() + ", was " + notification.previous().text();
      case REPEATED -> "still " + notification.incident().level().text();
      case ACKNOWLEDGED -> acknowledged(notification);
      case RESOLVED -> "ok again, was " + notification.previous().text();
    };
  }

  private static String acknowledged(Notification notification) {
    Map<String, String> details = notification.status().details();
    String by = details.getOrDefault("acknowledged_by", "");
    String because = details.getOrDefault("acknowledged_because", "");
    return "acknowledged"
        + (by.isBlank() ? "" : " by " + shortened(by))
        + (because.isBlank() ? "" : " (" + shortened(because) + ")")
        + ", still "
        + notification.incident().level().text();
  }

  private static String number(double value) {
    return value == Math.rint(value) && Math.abs(value) < 1e15
        ? Long.toString((long) value)
        : Double.toString(value);
  }

  private static String time(Instant instant) {
    return TIME.format(instant);
  }

  /** {@code 3 m 20 s}: the two largest units. */
  static String words(Duration duration) {
    Duration d = duration.isNegative() ? Duration.ZERO : duration;
    if (d.toDays() > 0) {
      return d.toDays() + " d " + d.toHoursPart() + " h";
    } else if (d.toHours() > 0) {
      return d.toHours() + " h " + d.toMinutesPart() + " m";
    } else if (d.toMinutes() > 0) {
      return d.toMinutes() + " m " + d.toSecondsPart() + " s";
    }
    return d.toSeconds() + " s";
  }

  /**
   * A rendered text without spaces at its end, or the headline and the check where a template came
   * out blank: no service takes an empty message.
   */
  public static String orHeadline(String rendered, Map<String, Object> values) {
    return rendered.isBlank()
        ? values.get("headline") + " " + values.get("check")
        : rendered.stripTrailing();
  }

  /**
   * Cuts a text to so many characters, at least two, with a mark where something is missing. No
   * character is cut in half.
   */
  public static String cut(String text, int most) {
    if (text.length() <= most) {
      return text;
    }
    int end = most - 1;
    if (Character.isHighSurrogate(text.charAt(end - 1))) {
      end--;
    }
    return text.substring(0, end) + "\u2026";
  }
}
