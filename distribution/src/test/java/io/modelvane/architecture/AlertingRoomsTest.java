package io.modelvane.architecture;

import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * Who may see whom inside alerting: points become statuses ({@code check}), statuses move incidents
 * ({@code incident}), rules choose what to tell ({@code rule}), the {@code outbox} plans and
 * delivers it, {@code history} records; {@code tag} and {@code codec} serve several. The top joins
 * them; the outbox hears of verdicts through its interface {@code Aftermath}.
 */
class AlertingRoomsTest {
  private static final Rooms ROOMS =
      new Rooms(
          Modules.classes("alerting"),
          "io.modelvane.alerting",
          Set.of("Aftermath"),
          Map.of(
              "tag", Set.of(),
              "codec", Set.of(),
              "check", Set.of("tag", "codec"),
              "incident", Set.of(),
              "rule", Set.of("incident", "tag"),
              "history", Set.of("codec"),
              "outbox", Set.of("incident", "rule", "history", "codec")));

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
