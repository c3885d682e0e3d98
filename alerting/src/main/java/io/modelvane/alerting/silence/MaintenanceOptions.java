package io.modelvane.alerting.silence;

import io.modelvane.alerting.hours.HoursValidation;
import io.modelvane.alerting.hours.TimeOfDay;
import io.modelvane.alerting.hours.Weekday;
import io.modelvane.alerting.hours.WeeklyHours;
import io.modelvane.alerting.tag.Scope;
import io.modelvane.alerting.tag.TagPattern;
import io.modelvane.spi.Option;
import io.modelvane.spi.Problems;
import java.time.ZoneId;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/** Options of one recurring maintenance. */
public record MaintenanceOptions(
    @Option(
            description =
                "The days on which it begins: `mon`, `tue`, `wed`, `thu`, `fri`, `sat`, `sun`. Not"
                    + " given: every day.",
            example = "[sat, sun]")
        List<Weekday> days,
    @Option(description = "When it begins, by the clock of `zone`.", example = "02:00")
        TimeOfDay from,
    @Option(
            description =
                "When it ends; a time before `from` is one of the next day, `24:00` is midnight.",
            example = "04:00")
        TimeOfDay to,
    @Option(description = "The time zone of these hours.", example = "Europe/Berlin") ZoneId zone,
    @Option(
            description = "Only series with these tags, as in `rules`. Not given: all series.",
            example = "{ algorithm_owner: batch }")
        Map<String, TagPattern> where,
    @Option(description = "Only incidents of these checks. Not given: of all checks.")
        List<String> checks) {
  /** Copies the collections. */
  public MaintenanceOptions {
    days = List.copyOf(days);
    where = Map.copyOf(where);
    checks = List.copyOf(checks);
  }

  Scope scope() {
    return new Scope(where, checks);
  }

  WeeklyHours hours() {
    return WeeklyHours.of(days, from, to, zone);
  }

  /**
   * Reports what is wrong beyond the single options.
   *
   * @param known the names of the configured checks
   * @param problems gets it, with paths below this maintenance
   */
  public void validate(Collection<String> known, Problems problems) {
    HoursValidation.run(days, from, to, problems);
    scope().validate(known, problems);
  }
}
