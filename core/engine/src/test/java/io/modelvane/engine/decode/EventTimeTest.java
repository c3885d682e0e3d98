package io.modelvane.engine.decode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.ZoneId;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EventTimeTest {
  private static EventTime parse(String text, String unit, String zone) throws Rejection {
    return EventTime.parse(text, TimeUnitOption.valueOf(unit), ZoneId.of(zone));
  }

  @ParameterizedTest(name = "{0} ({1}, {2})")
  @CsvSource({
    // ISO-8601
    "2026-01-01T00:00:00, AUTO, UTC, 1767225600000000000, 0",
    "2026-01-01T00:00, AUTO, UTC, 1767225600000000000, 0",
    "2026-01-01 00:00:00, AUTO, UTC, 1767225600000000000, 0",
    "2026-01-01T00:00:00Z, AUTO, Europe/Berlin, 1767225600000000000, 0",
    "2026-01-01T00:00:00z, AUTO, Europe/Berlin, 1767225600000000000, 0",
    "2026-01-01 00:00:00 UTC, AUTO, Europe/Berlin, 1767225600000000000, 0",
    "2026-01-01T01:00:00, AUTO, Europe/Berlin, 1767225600000000000, 0",
    "2026-01-01T01:00:00, AUTO, +01:00, 1767225600000000000, 0",
    "2026-01-01T02:00:00+02:00, AUTO, UTC, 1767225600000000000, 0",
    "2026-01-01T02:00:00+0200, AUTO, UTC, 1767225600000000000, 0",
    "2026-01-01T02:00:00+02, AUTO, UTC, 1767225600000000000, 0",
    "2025-12-31T18:30:00-05:30, AUTO, UTC, 1767225600000000000, 0",
    "2026-01-01T00:00:00.5, AUTO, UTC, 1767225600500000000, 1",
    "'2026-01-01T00:00:00,250Z', AUTO, UTC, 1767225600250000000, 3",
    "2021-02-20T00:21:54.867231, AUTO, UTC, 1613780514867231000, 6",
    "2026-01-01T00:00:00.000000, AUTO, UTC, 1767225600000000000, 6",
    "2026-01-01T00:00:00.123456789012, AUTO, UTC, 1767225600123456789, 9",
    "2016-12-31T23:59:60Z, AUTO, UTC, 1483228799000000000, 0",
    "2000-01-01T00:00:00Z, AUTO, UTC, 946684800000000000, 0",
    "2199-12-31T23:59:59.999999999Z, AUTO, UTC, 7258118399999999999, 9",
    // since 1970, the unit by size
    "1767225600, AUTO, UTC, 1767225600000000000, 0",
    "1767225600.25, AUTO, UTC, 1767225600250000000, 2",
    "1767225600.123456789, AUTO, UTC, 1767225600123456789, 9",
    "1767225600.1234567891, AUTO, UTC, 1767225600123456789, 9",
    "1767225600123, AUTO, UTC, 1767225600123000000, 3",
    "1767225600123.5, AUTO, UTC, 1767225600123500000, 4",
    "1767225600123456, AUTO, UTC, 1767225600123456000, 6",
    "1767225600123456789, AUTO, UTC, 1767225600123456789, 9",
    "1767225600123456789.9, AUTO, UTC, 1767225600123456789, 9",
    "' 1767225600 ', AUTO, UTC, 1767225600000000000, 0",
    "1.7672256E9, AUTO, UTC, 1767225600000000000, 0",
    "1.767225600123E12, AUTO, UTC, 1767225600123000000, 3",
    "1.767225600123E+9, AUTO, UTC, 1767225600123000000, 3",
    // the unit as told
    "1767225600, SECONDS, UTC, 1767225600000000000, 0",
    "1767225600000, MILLISECONDS, UTC, 1767225600000000000, 3",
    "1767225600000001, MICROSECONDS, UTC, 1767225600000001000, 6",
    "1767225600000000001, NANOSECONDS, UTC, 1767225600000000001, 9",
  })
  void isReadToTheLastDigit(String text, String unit, String zone, long nanos, int decimals)
      throws Rejection {
    assertThat(parse(text, unit, zone)).isEqualTo(new EventTime(nanos, decimals));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "now",
        "2026-01-01",
        "2026-13-01T00:00:00",
        "2026-02-30T00:00:00",
        "2026-01-01T24:00:00",
        "2026-01-01T00:61:00",
        "2026-01-01T00:00:00+19:00",
        "2026-01-01T00:00:00 CET",
        "20260101T000000Z",
        "-1767225600",
        "1e400",
        "1.5E99",
        "0x10",
        "17672256001767225600",
        "1767225600123456789012345",
        "٢٠٢٦-01-01T00:00:00",
      })
  void whatIsNoTimeIsShown(String text) {
    assertThatThrownBy(() -> parse(text, "AUTO", "UTC"))
        .isInstanceOf(Rejection.class)
        .hasMessageContaining("'" + text + "'");
  }

  @ParameterizedTest
  @CsvSource({
    "0, AUTO",
    "946684799, AUTO",
    "1999-12-31T23:59:59Z, AUTO",
    "2200-01-01T00:00:00Z, AUTO",
    "9999-12-31T23:59:59Z, AUTO",
    "7258118400, SECONDS",
    "1767225600, MILLISECONDS",
    "1767225600000, SECONDS",
    "9223372036854775807, SECONDS",
    "9999999999999999999, AUTO",
  })
  void whatIsOutOfRangeAsksForTheUnit(String text, String unit) {
    assertThatThrownBy(() -> parse(text, unit, "UTC"))
        .hasMessage("the time '" + text + "' is outside 2000 to 2200; check its unit");
  }

  @ParameterizedTest
  @CsvSource({"0, 1000000000", "3, 1000000", "6, 1000", "8, 10", "9, 1"})
  void whatLiesBelowTheResolutionIsFree(int decimals, long room) {
    assertThat(new EventTime(0, decimals).room()).isEqualTo(room);
  }
}
