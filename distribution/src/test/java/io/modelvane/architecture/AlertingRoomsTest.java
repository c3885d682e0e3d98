package io.modelvane.architecture;

import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * Who may see whom inside alerting: points become statuses ({@code check}), statuses move incidents
 * ({@code incident}), rules choose what to tell ({@code rule}), the {@code outbox} plans and
 * delivers it, {@code history} records, {@code why} tells the story of it and {@code api} serves
 * all of it over HTTP; {@code silence} and {@code response} are what people ask for, {@code hours}
 * when; {@code tag}, {@code codec} and {@code sql} serve several. The top joins them; the outbox
 * hears of verdicts through its interface {@code Aftermath}.
 */
class AlertingRoomsTest {
  private static final Rooms ROOMS =
      new Rooms(
          Modules.classes("alerting"),
          "io.modelvane.alerting",
          Set.of("Aftermath"),
          Map.ofEntries(
              Map.entry("tag", Set.of()),
              Map.entry("codec", Set.of()),
              Map.entry("sql", Set.of()),
              Map.entry("hours", Set.of()),
              Map.entry("check", Set.of("tag", "codec")),
              Map.entry("incident", Set.of()),
              Map.entry("silence", Set.of("tag", "codec", "sql", "hours")),
              Map.entry("response", Set.of("sql")),
              Map.entry("rule", Set.of("incident", "tag", "hours", "history", "silence")),
              Map.entry("history", Set.of("codec")),
              Map.entry(
                  "outbox",
                  Set.of("incident", "rule", "history", "codec", "sql", "silence", "response")),
              Map.entry("why", Set.of("incident", "outbox", "sql")),
              Map.entry("api", Set.of("check", "outbox", "response", "silence", "sql", "why"))));

  @Test
  void everyPackageIsARoom() {
    ROOMS.everyPackageIsARoom();
  }

  @Test
  void aRoomSeesWhatItMayAndNothingElse() {
    ROOMS.onlyTheseArrowsExist();
  }

  @Test
  void thereIsNoCycle() {
    ROOMS.thereIsNoCycle();
  }
}
