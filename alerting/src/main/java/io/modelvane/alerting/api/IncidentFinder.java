package io.modelvane.alerting.api;

import io.modelvane.alerting.outbox.OutboxView;
import io.modelvane.alerting.outbox.OutboxView.KnownIncident;
import io.modelvane.spi.ComponentException;
import io.modelvane.spi.StateStore;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.StringJoiner;

/**
 * Finds the incident somebody means: by its id, by how the id begins, or by how it begins and its
 * last part, {@code 3fa9c1d2-0.1234}, as tables show it.
 */
final class IncidentFinder {
  private static final int SHORTEST = 4;
  private static final int NAMED = 5;
  private static final OutboxView.Slice FEW = new OutboxView.Slice(OptionalLong.empty(), NAMED + 1);

  private final StateStore store;
  private final OutboxView outbox;

  IncidentFinder(StateStore store, OutboxView outbox) {
    this.store = store;
    this.outbox = outbox;
  }

  /** The incident; several that are meant by the text are refused by name. */
  KnownIncident find(String text) throws Refusal, ComponentException {
    Optional<KnownIncident> exact = store.read(connection -> outbox.incident(connection, text));
    if (exact.isPresent()) {
      return exact.get();
    }
    List<KnownIncident> found = text.length() >= SHORTEST ? meant(text) : List.of();
    if (found.size() > 1) {
      throw new Refusal(409, several(text, found));
    } else if (found.isEmpty()) {
      throw new Refusal(
          404, "there is no incident " + text + "; ended ones are kept for seven days");
    }
    return found.get(0);
  }

  private List<KnownIncident> meant(String text) throws ComponentException {
    int dash = text.lastIndexOf('-');
    String end = dash < SHORTEST ? "" : text.substring(dash);
    String beginning = end.isEmpty() ? text : text.substring(0, dash);
    return store.read(
        connection ->
            outbox.incidents(
                connection,
                FEW,
                known -> {
                  String id = known.incident().id();
                  return id.startsWith(text)
                      || (!end.isEmpty() && id.startsWith(beginning) && id.endsWith(end));
                }));
  }

  private static String several(String text, List<KnownIncident> found) {
    StringJoiner names =
        new StringJoiner(", ", "several incidents are meant by '" + text + "': ", "; write which");
    for (KnownIncident known : found.subList(0, Math.min(NAMED, found.size()))) {
      String state =
          known
              .ended()
              .map(time -> "ended " + time)
              .orElse(known.incident().level().text() + " since " + known.incident().since());
      names.add(known.incident().id() + " (" + state + ")");
    }
    return found.size() > NAMED ? names.add("and more").toString() : names.toString();
  }
}
