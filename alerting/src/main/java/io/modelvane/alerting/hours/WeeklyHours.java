package io.modelvane.alerting.hours;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.zone.ZoneOffsetTransition;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * The same hours on some days of every week, by the clock on the wall of a zone: an hour that the
 * clock skips in spring is not there, and one that it shows twice in autumn counts both times.
 *
 * @param days on which they begin; none for all days
 * @param from when they begin, inclusive
 * @param to when they end, exclusive; before {@code from} on the day after
 * @param zone whose clock counts
 */
public record WeeklyHours(Set<Weekday> days, TimeOfDay from, TimeOfDay to, ZoneId zone) {
  /** Two weeks and a day on either side: the clock may skip the only hours of a week. */
  private static final int DAYS_AHEAD = 16;

  /** Copies the days. */
  public WeeklyHours {
    days = Set.copyOf(days);
  }

  /** Hours of a configuration. */
  public static WeeklyHours of(List<Weekday> days, TimeOfDay from, TimeOfDay to, ZoneId zone) {
    return new WeeklyHours(Set.copyOf(days), from, to, zone);
  }

  /** Whether an instant is within. */
  public boolean contains(Instant instant) {
    LocalDateTime local = LocalDateTime.ofInstant(instant, zone);
    int minute = local.getHour() * 60 + local.getMinute();
    boolean begun = minute >= from.minutes();
    boolean over = minute >= to.minutes();
    if (from.minutes() < to.minutes()) {
      return begun && !over && on(local.toLocalDate());
    }
    return (begun && on(local.toLocalDate())) || (!over && on(local.toLocalDate().minusDays(1)));
  }

  private boolean on(LocalDate day) {
    return days.isEmpty() || days.contains(Weekday.of(day.getDayOfWeek()));
  }

  /** When they begin or end next; {@link Instant#MAX} when they never do. */
  public Instant nextChange(Instant now) {
    boolean within = contains(now);
    for (Instant candidate : candidates(now)) {
      if (candidate.isAfter(now) && contains(candidate) != within) {
        return candidate;
      }
    }
    return Instant.MAX;
  }

  /** Every instant at which something may change in the days ahead, in order. */
  private Set<Instant> candidates(Instant now) {
    Set<Instant> candidates = new TreeSet<>();
    LocalDate today = ZonedDateTime.ofInstant(now, zone).toLocalDate();
    for (int day = -1; day <= DAYS_AHEAD; day++) {
      add(candidates, from.on(today.plusDays(day)));
      add(candidates, to.on(today.plusDays(day)));
    }
    Instant end = today.plusDays(DAYS_AHEAD).atStartOfDay(zone).toInstant();
    ZoneOffsetTransition jump = zone.getRules().nextTransition(now);
    while (jump != null && jump.getInstant().isBefore(end)) {
      candidates.add(jump.getInstant());
      jump = zone.getRules().nextTransition(jump.getInstant());
    }
    return candidates;
  }

  /** A time may be there twice, or not at all: then the jump itself is the candidate. */
  private void add(Set<Instant> candidates, LocalDateTime local) {
    for (ZoneOffset offset : zone.getRules().getValidOffsets(local)) {
      candidates.add(local.toInstant(offset));
    }
  }
}
