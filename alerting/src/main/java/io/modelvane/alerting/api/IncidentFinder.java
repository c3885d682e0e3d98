package io.modelvane.alerting.api;

import io.modelvane.alerting.outbox.OutboxView;
import io.modelvane.alerting.outbox.OutboxView.KnownIncident;
import io.modelvane.spi.ComponentException;
import io.modelvane.spi.StateStore;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** Finds the incident somebody means: by its id, or by how the id begins. */
final class IncidentFinder {
  private static final int SHORTEST = 4;
  private static final OutboxView.Slice TWO = new OutboxView.Slice(OptionalLong.empty(), 2);

  private final StateStore store;
  private final OutboxView outbox;

  IncidentFinder(StateStore store, OutboxView outbox) {
    this.store = store;
    this.outbox = outbox;
  }

  /** The incident; of several that begin so, the only one that is open. */
  KnownIncident find(String text) throws Refusal, ComponentException {
    Optional<KnownIncident> exact = store.read(connection -> outbox.incident(connection, text));
    if (exact.isPresent()) {
      return exact.get();
    }
    if (text.length() >= SHORTEST) {
      List<KnownIncident> open = beginning(text, true);
      List<KnownIncident> found = open.isEmpty() ? beginning(text, false) : open;
      if (found.size() > 1) {
        throw new Refusal(409, "several incidents begin with '" + text + "'; write more of the id");
      } else if (found.size() == 1) {
        return found.get(0);
      }
    }
    throw new Refusal(404, "there is no incident " + text + "; ended ones are kept for seven days");
  }

  private List<KnownIncident> beginning(String text, boolean open) throws ComponentException {
    return store.read(
        connection ->
            outbox.incidents(
                connection,
                TWO,
                known ->
                    known.incident().id().startsWith(text) && (!open || known.ended().isEmpty())));
  }
}
