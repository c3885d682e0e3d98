package io.modelvane.alerting.hours;

import java.time.DayOfWeek;

/** A day of the week, as it is written in the configuration. */
public enum Weekday {
  /** Monday. */
  MON,
  /** Tuesday. */
  TUE,
  /** Wednesday. */
  WED,
  /** Thursday. */
  THU,
  /** Friday. */
  FRI,
  /** Saturday. */
  SAT,
  /** Sunday. */
  SUN;

  static Weekday of(DayOfWeek day) {
    return valueOf(day.name().substring(0, 3));
  }
}
