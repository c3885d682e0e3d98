package io.modelvane.alerting.rule;

import io.modelvane.alerting.hours.HoursValidation;
import io.modelvane.alerting.hours.TimeOfDay;
import io.modelvane.alerting.hours.Weekday;
import io.modelvane.alerting.hours.WeeklyHours;
import io.modelvane.spi.Option;
import io.modelvane.spi.Problems;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;

/** Options: the hours in which a rule tells anybody. */
public record ActiveHours(
    @Option(
            description =
                "The days on which the hours begin: `mon`, `tue`, `wed`, `thu`, `fri`, `sat`,"
                    + " `sun`. Not given: every day.",
            example = "[mon, tue, wed, thu, fri]")
        List<Weekday> days,
    @Option(description = "When they begin, by the clock of `zone`.", example = "08:00")
        TimeOfDay from,
    @Option(
            description =
                "When they end; a time before `from` is one of the next day, `24:00` is midnight.",
            example = "18:00")
        TimeOfDay to,
    @Option(description = "The time zone of these hours.", example = "Europe/Berlin") ZoneId zone,
    @Option(
            description =
                "What becomes of a step outside: `hold` tells it when the hours begin, if the"
                    + " incident still lasts then; `drop` does not tell it.",
            defaultValue = "hold")
        Outside outside) {
  /** What becomes of a step outside of the hours. */
  public enum Outside {
    /** It is told when they begin, if it still lasts. */
    HOLD,
    /** It is not told. */
    DROP
  }

  /** Copies the days. */
  public ActiveHours {
    days = List.copyOf(days);
  }

  void validate(Problems problems) {
    HoursValidation.run(days, from, to, problems);
  }

  /** When they end; empty outside of them. */
  Optional<Instant> end(Instant now) {
    WeeklyHours hours = WeeklyHours.of(days, from, to, zone);
    return hours.contains(now) ? Optional.of(hours.nextChange(now)) : Optional.empty();
  }

  Optional<Suppression> suppress(String rule, Instant now) {
    WeeklyHours hours = WeeklyHours.of(days, from, to, zone);
    if (hours.contains(now)) {
      return Optional.empty();
    }
    Instant begin = hours.nextChange(now);
    return Optional.of(
        outside == Outside.DROP
            ? new Suppression(
                Suppression.Kind.HOURS_DROPPED,
                rule,
                "outside the active hours of rule %s".formatted(rule),
                Instant.MAX)
            : new Suppression(
                Suppression.Kind.HOURS,
                rule,
                "outside the active hours of rule %s, which begin %s".formatted(rule, begin),
                begin));
  }
}
