package io.modelvane.alerting.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.modelvane.alerting.incident.IncidentChange;
import io.modelvane.spi.IncidentStep;
import io.modelvane.spi.Level;
import io.modelvane.spi.Notification;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What must hold of what arrived, told from the steps of the incidents alone. */
final class WalkOracle {
  private final Map<String, List<IncidentChange>> steps = new LinkedHashMap<>();
  private final Set<String> uncertain = new HashSet<>();

  void changed(IncidentChange change) {
    steps.computeIfAbsent(change.incident().id(), id -> new ArrayList<>()).add(change);
  }

  /** An attempt to tell of this incident may or may not have arrived. */
  void uncertain(String endpoint, String incident) {
    uncertain.add(endpoint + " " + incident);
  }

  private boolean wanted(String endpoint, String incident) {
    return !endpoint.equals("pager")
        || steps.getOrDefault(incident, List.of()).stream()
            .anyMatch(change -> change.incident().level() == Level.CRIT);
  }

  /** Once all is calm, who wants to know of an open incident knows how it stands. */
  void checkOpen(Story story, Map<String, LedgerNotifier> notifiers) {
    if (story.level() == Level.OK) {
      return;
    }
    notifiers.forEach(
        (endpoint, notifier) -> {
          List<Notification> told = of(notifier, story.incident());
          assertThat(!told.isEmpty())
              .as("%s is told of the open %s", endpoint, story.incident())
              .isEqualTo(wanted(endpoint, story.incident()));
          if (endpoint.equals("slack")) {
            assertThat(told.get(told.size() - 1).incident().level()).isEqualTo(story.level());
          }
        });
  }

  void checkAll(Map<String, LedgerNotifier> notifiers) {
    notifiers.forEach(
        (endpoint, notifier) -> {
          assertThat(steps.keySet())
              .containsAll(notifier.arrived.stream().map(n -> n.incident().id()).toList());
          steps.keySet().forEach(incident -> check(endpoint, of(notifier, incident), incident));
          inOrder(notifier.arrived);
          repeatsAreMarked(endpoint, notifier.arrived);
        });
  }

  private static List<Notification> of(LedgerNotifier notifier, String incident) {
    return notifier.arrived.stream().filter(n -> n.incident().id().equals(incident)).toList();
  }

  private void check(String endpoint, List<Notification> told, String incident) {
    String what = endpoint + " of " + incident;
    List<IncidentStep> kinds = told.stream().map(Notification::step).toList();
    if (kinds.isEmpty()) {
      return;
    }
    assertThat(wanted(endpoint, incident)).as("unexpected: %s", what).isTrue();
    assertThat(kinds.get(kinds.size() - 1)).as(what).isEqualTo(IncidentStep.RESOLVED);
    assertThat(told.stream().filter(n -> n.step() == IncidentStep.RESOLVED).map(Notification::id))
        .as("one resolve: %s", what)
        .hasSizeGreaterThan(0)
        .allMatch(told.get(told.size() - 1).id()::equals);
    if (kinds.get(0) == IncidentStep.RESOLVED) {
      assertThat(uncertain).as("a resolve without a trigger").contains(what.replace(" of ", " "));
    }
    long opened =
        told.stream()
            .filter(n -> n.step() == IncidentStep.OPENED)
            .map(Notification::id)
            .distinct()
            .count();
    assertThat(opened).as("one opening: %s", what).isLessThanOrEqualTo(1);
    for (int i = 1; i < told.size(); i++) {
      boolean again = told.get(i).id().equals(told.get(i - 1).id());
      boolean later = !told.get(i).at().isBefore(told.get(i - 1).at());
      assertThat(again || later).as("in order: %s", what).isTrue();
    }
  }

  /** On one series, all of an incident comes before all of the next. */
  private static void inOrder(List<Notification> arrived) {
    Map<String, Instant> since = new HashMap<>();
    for (Notification notification : arrived) {
      Instant earlier = since.put(notification.incident().key(), notification.incident().since());
      assertThat(earlier == null || !earlier.isAfter(notification.incident().since()))
          .as("incidents in order: %s", notification)
          .isTrue();
    }
  }

  private void repeatsAreMarked(String endpoint, List<Notification> arrived) {
    Set<String> seen = new HashSet<>();
    for (Notification notification : arrived) {
      boolean first = seen.add(notification.id());
      assertThat(first || notification.possibleRepeat())
          .as("%s: a repeat is marked: %s", endpoint, notification)
          .isTrue();
    }
  }
}
