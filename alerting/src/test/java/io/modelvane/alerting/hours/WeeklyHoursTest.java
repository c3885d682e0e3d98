package io.modelvane.alerting.hours;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Berlin: clocks go forward 2026-03-29 at 01:00Z (02:00 to 03:00), back 2026-10-25 at 01:00Z. */
class WeeklyHoursTest {
  private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

  private static WeeklyHours hours(String from, String to, Weekday... days) {
    return WeeklyHours.of(List.of(days), TimeOfDay.parse(from), TimeOfDay.parse(to), BERLIN);
  }

  private static Instant at(String text) {
    return Instant.parse(text);
  }

  @Test
  void theyHoldTheirBeginningAndNotTheirEnd() {
    WeeklyHours day = hours("08:00", "18:00");
    assertThat(day.contains(at("2026-01-05T06:59:59.999Z"))).isFalse();
    assertThat(day.contains(at("2026-01-05T07:00:00Z"))).isTrue();
    assertThat(day.contains(at("2026-01-05T16:59:59.999Z"))).isTrue();
    assertThat(day.contains(at("2026-01-05T17:00:00Z"))).isFalse();
  }

  @Test
  void theyAreOnTheirDaysOnly() {
    WeeklyHours week = hours("08:00", "18:00", Weekday.MON, Weekday.FRI);
    assertThat(week.contains(at("2026-01-05T10:00:00Z"))).isTrue();
    assertThat(week.contains(at("2026-01-06T10:00:00Z"))).isFalse();
    assertThat(week.nextChange(at("2026-01-05T17:00:00Z"))).isEqualTo("2026-01-09T07:00:00Z");
    assertThat(week.nextChange(at("2026-01-09T17:00:00Z"))).isEqualTo("2026-01-12T07:00:00Z");
  }

  @Test
  void overMidnightTheyBelongToTheDayOnWhichTheyBegin() {
    WeeklyHours night = hours("22:00", "06:00", Weekday.SUN);
    assertThat(night.contains(at("2026-01-04T04:00:00Z"))).isFalse();
    assertThat(night.contains(at("2026-01-04T21:00:00Z"))).isTrue();
    assertThat(night.contains(at("2026-01-05T04:59:59Z"))).isTrue();
    assertThat(night.nextChange(at("2026-01-04T21:00:00Z"))).isEqualTo("2026-01-05T05:00:00Z");
  }

  @Test
  void wholeDaysJoin() {
    WeeklyHours weekend = hours("00:00", "24:00", Weekday.SAT, Weekday.SUN);
    assertThat(weekend.nextChange(at("2026-01-03T12:00:00Z"))).isEqualTo("2026-01-04T23:00:00Z");
    assertThat(weekend.nextChange(at("2026-01-05T12:00:00Z"))).isEqualTo("2026-01-09T23:00:00Z");
    assertThat(hours("00:00", "24:00").nextChange(at("2026-03-01T00:00:00Z")))
        .isEqualTo(Instant.MAX);
  }

  @Test
  void inSpringTheWallDecides() {
    WeeklyHours day = hours("08:00", "18:00");
    assertThat(day.nextChange(at("2026-03-28T17:00:00Z"))).isEqualTo("2026-03-29T06:00:00Z");
    assertThat(day.nextChange(at("2026-03-29T06:00:00Z"))).isEqualTo("2026-03-29T16:00:00Z");
  }

  @Test
  void anHourThatIsSkippedIsNotThere() {
    WeeklyHours early = hours("02:30", "04:00");
    assertThat(early.nextChange(at("2026-03-28T12:00:00Z")))
        .as("02:30 is skipped; the clock jumps into the hours")
        .isEqualTo("2026-03-29T01:00:00Z");
    assertThat(early.nextChange(at("2026-03-29T01:00:00Z"))).isEqualTo("2026-03-29T02:00:00Z");
    WeeklyHours gone = hours("02:10", "02:50");
    assertThat(gone.nextChange(at("2026-03-28T12:00:00Z"))).isEqualTo("2026-03-30T00:10:00Z");
  }

  @Test
  void hoursOfOneDayThatAreSkippedComeAWeekLater() {
    WeeklyHours early = hours("02:00", "03:00", Weekday.SUN);
    assertThat(early.nextChange(at("2026-03-22T02:00:00Z"))).isEqualTo("2026-04-05T00:00:00Z");
    assertThat(early.nextChange(at("2026-03-23T10:00:00Z"))).isEqualTo("2026-04-05T00:00:00Z");
    assertThat(early.nextChange(at("2026-04-05T00:00:00Z"))).isEqualTo("2026-04-05T01:00:00Z");
  }

  @Test
  void anHourThatComesTwiceCountsBothTimes() {
    WeeklyHours early = hours("02:00", "03:00");
    assertThat(early.nextChange(at("2026-10-24T12:00:00Z"))).isEqualTo("2026-10-25T00:00:00Z");
    assertThat(early.nextChange(at("2026-10-25T00:00:00Z"))).isEqualTo("2026-10-25T02:00:00Z");
    WeeklyHours half = hours("02:00", "02:30");
    assertThat(half.nextChange(at("2026-10-25T00:00:00Z"))).isEqualTo("2026-10-25T00:30:00Z");
    assertThat(half.nextChange(at("2026-10-25T00:30:00Z"))).isEqualTo("2026-10-25T01:00:00Z");
    assertThat(half.nextChange(at("2026-10-25T01:00:00Z"))).isEqualTo("2026-10-25T01:30:00Z");
    WeeklyHours day = hours("08:00", "18:00");
    assertThat(day.nextChange(at("2026-10-24T16:00:00Z"))).isEqualTo("2026-10-25T07:00:00Z");
  }

  /** Against a walk in steps of five minutes: all zones change at multiples of it. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "Europe/Berlin",
        "America/New_York",
        "Australia/Lord_Howe",
        "Asia/Kathmandu",
        "UTC"
      })
  void theNextChangeIsTheFirst(String zone) {
    Random random = new Random(zone.hashCode());
    List<Weekday> week = List.copyOf(EnumSet.allOf(Weekday.class));
    for (int i = 0; i < 60; i++) {
      TimeOfDay from = new TimeOfDay(5 * random.nextInt(288));
      TimeOfDay to = new TimeOfDay((from.minutes() + 5 + 5 * random.nextInt(286)) % 1440);
      List<Weekday> days =
          random.nextBoolean() ? List.of() : List.of(week.get(random.nextInt(week.size())));
      WeeklyHours hours = WeeklyHours.of(days, from, to, ZoneId.of(zone));
      Instant begin =
          (random.nextBoolean() ? at("2026-03-27T00:00:00Z") : at("2026-10-23T00:00:00Z"))
              .plusSeconds(300L * random.nextInt(2000));
      Instant walked = begin.plusSeconds(300);
      while (hours.contains(walked) == hours.contains(begin)
          && Duration.between(begin, walked).toDays() < 16) {
        walked = walked.plusSeconds(300);
      }
      assertThat(hours.nextChange(begin)).as("%s from %s", hours, begin).isEqualTo(walked);
    }
  }

  @Test
  void timesOfDayAreReadStrictly() {
    assertThat(TimeOfDay.parse("8:05")).hasToString("08:05");
    assertThat(TimeOfDay.parse("24:00").minutes()).isEqualTo(1440);
    for (String wrong : List.of("24:01", "8", "08:60", "-1:00", "8:5", "noon")) {
      assertThatThrownBy(() -> TimeOfDay.parse(wrong))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("is not a time of day");
    }
  }
}
