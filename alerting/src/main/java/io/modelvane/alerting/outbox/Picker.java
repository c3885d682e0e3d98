package io.modelvane.alerting.outbox;

import io.modelvane.alerting.outbox.OutboxRows.Ending;
import io.modelvane.alerting.response.Response;
import io.modelvane.alerting.rule.LimitOptions;
import io.modelvane.spi.IncidentStep;
import io.modelvane.spi.Notification;
import io.modelvane.spi.Notifier;
import io.modelvane.spi.RetryPolicy;
import io.modelvane.spi.Status;
import java.net.URI;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Chooses what an endpoint gets next, and marks it. Without a limit that is one notification after
 * the other, each a message. With one, the last message that is allowed tells everything that
 * waits, and from then on only what is critical goes out before another is allowed.
 */
final class Picker {
  private static final int MOST_TOGETHER = 500;
  private static final Duration LONGEST_PAUSE = RetryPolicy.DEFAULT.maximumThrottle();

  private final String endpoint;
  private final Receiver receiver;
  private final Tables tables;
  private final Optional<LimitOptions> limit;
  private final Optional<URI> link;
  private final Planner planner;

  /** What a notifier says of its receiver. */
  record Receiver(boolean dropsRepeats, boolean keepsIncidents) {
    static Receiver of(Notifier notifier) {
      return new Receiver(notifier.receiverDropsRepeats(), notifier.receiverKeepsIncidents());
    }
  }

  Picker(String endpoint, Receiver receiver, Courier.Shared shared) {
    this.endpoint = endpoint;
    this.receiver = receiver;
    this.tables = shared.tables();
    this.limit = shared.policy().delivery(endpoint).limit();
    this.link = shared.link();
    this.planner = shared.planning().planner();
  }

  /**
   * Chooses.
   *
   * @param most how many messages at the most; one, where there is a limit
   */
  Pick pick(Connection connection, Instant now, int most) throws SQLException {
    if (limit.isEmpty() && most > 1) {
      List<OutboxRow> ready = tables.rows().waiting().ready(connection, endpoint, now, most);
      if (!ready.isEmpty()) {
        return takeEach(connection, ready, now);
      }
    }
    Optional<OutboxRow> next = tables.rows().waiting().next(connection, endpoint);
    if (next.isEmpty()) {
      return Pick.again(Instant.MAX);
    } else if (!isDue(next.get(), now)) {
      return Pick.again(next.get().progress().due());
    }
    return limit.isEmpty()
        ? take(connection, List.of(next.get()), now)
        : limited(connection, next.get(), now);
  }

  /** Of each series what comes first: their order binds among themselves only. */
  private Pick takeEach(Connection connection, List<OutboxRow> ready, Instant now)
      throws SQLException {
    List<Parcel> parcels = new ArrayList<>();
    for (OutboxRow row : ready) {
      parcels.addAll(take(connection, List.of(row), now).parcels());
    }
    return new Pick(parcels, now);
  }

  /** A row from the future was written before a clock went back, and so was its time. */
  private static boolean isDue(OutboxRow row, Instant now) {
    boolean retried = row.progress().attempts() > 0;
    return row.decidedAt().isAfter(now)
        || (retried ? hasCome(row.progress().due(), now) : !row.progress().due().isAfter(now));
  }

  /**
   * Whether a pause after a failure is over. None is longer than the longest: what seems to be was
   * timed before a clock went back.
   */
  static boolean hasCome(Instant time, Instant now) {
    return !time.isAfter(now) || time.isAfter(now.plus(LONGEST_PAUSE));
  }

  private Pick limited(Connection connection, OutboxRow next, Instant now) throws SQLException {
    LimitOptions most = limit.orElseThrow();
    List<Instant> sent = tables.rows().waiting().sent(connection, endpoint, now.minus(most.per()));
    int left = most.atMost() - sent.size();
    if (left > 1) {
      return take(connection, List.of(next), now);
    } else if (left == 1) {
      List<OutboxRow> ready =
          tables.rows().waiting().ready(connection, endpoint, now, MOST_TOGETHER);
      // None is ready by its time when a clock went back; the next is due all the same.
      boolean alone = receiver.keepsIncidents() || ready.isEmpty();
      return take(connection, alone ? List.of(next) : ready, now);
    }
    Instant free = sent.get(sent.size() - most.atMost()).plus(most.per());
    return urgent(connection, now, free);
  }

  /**
   * What is critical does not wait; several go out together, and with them what has waited for as
   * long as the limit counts: while there is always something critical, no other is allowed.
   */
  private Pick urgent(Connection connection, Instant now, Instant free) throws SQLException {
    List<OutboxRow> urgent = tables.rows().waiting().urgent(connection, endpoint, MOST_TOGETHER);
    List<OutboxRow> due = urgent.stream().filter(row -> isDue(row, now)).toList();
    if (due.isEmpty()) {
      Instant first = urgent.isEmpty() ? free : urgent.get(0).progress().due();
      return Pick.again(first.isBefore(free) ? first : free);
    } else if (receiver.keepsIncidents()) {
      return take(connection, due.subList(0, 1), now);
    }
    Instant waited = now.minus(limit.orElseThrow().per());
    Map<Long, OutboxRow> together = new TreeMap<>();
    due.forEach(row -> together.put(row.seq(), row));
    tables.rows().waiting().ready(connection, endpoint, now, MOST_TOGETHER).stream()
        .filter(row -> !row.decidedAt().isAfter(waited))
        .forEach(row -> together.put(row.seq(), row));
    return take(connection, List.copyOf(together.values()), now);
  }

  private Pick take(Connection connection, List<OutboxRow> rows, Instant now) throws SQLException {
    List<Parcel.Part> parts = new ArrayList<>();
    for (OutboxRow row : rows) {
      Optional<Incidents.Known> known =
          tables.incidents().find(connection, row.target().incident());
      if (known.isPresent()) {
        parts.add(new Parcel.Part(row, notification(connection, row, known.get())));
      } else {
        Ending lost = new Ending(RowState.CANCELLED, now, "its incident is not known any more");
        tables.rows().end(connection, row, lost);
      }
    }
    if (parts.isEmpty()) {
      return Pick.again(now);
    }
    Parcel parcel =
        parts.size() == 1
            ? Parcel.of(parts.get(0))
            : new Parcel(
                parts, Together.of(parts.stream().map(Parcel.Part::notification).toList()));
    String collected = parcel.isCollected() ? parcel.notification().id() : "";
    for (Parcel.Part part : parts) {
      tables.rows().attempt(connection, part.row(), collected, now);
    }
    return new Pick(List.of(parcel), now);
  }

  /** The latest verdict, with who sees to it. */
  private Status acknowledged(Connection connection, Incidents.Known known) throws SQLException {
    Status status = known.status();
    Map<String, String> details = new LinkedHashMap<>(status.details());
    Optional<Response.Acknowledgement> said =
        planner.acknowledgement(connection, known.incident().id());
    if (said.isPresent()) {
      details.put("acknowledged_by", said.get().remark().author());
      String because = said.get().remark().comment();
      if (!because.isEmpty()) {
        details.put("acknowledged_because", because);
      }
    }
    return new Status(
        status.check(),
        status.checkType(),
        status.series(),
        status.level(),
        status.time(),
        status.sourceTime(),
        status.field(),
        status.value(),
        status.message(),
        details);
  }

  private Notification notification(Connection connection, OutboxRow row, Incidents.Known known)
      throws SQLException {
    Map<String, String> receipt = tables.incidents().receipt(connection, row.target());
    List<Notification.Member> members =
        Groups.isGroup(row.target().incident())
            ? tables.groups().members(connection, row.target().incident())
            : List.of();
    Telling telling = Telling.of(row, known.incident().level());
    OutboxRow.Progress progress = row.progress();
    return new Notification(
        row.id(),
        row.rule(),
        known.incident(),
        telling.step(),
        telling.previous(),
        row.step() == IncidentStep.ACKNOWLEDGED ? acknowledged(connection, known) : known.status(),
        row.decidedAt(),
        progress.attempts() + 1,
        progress.maybeArrived() && !receiver.dropsRepeats(),
        link,
        receipt,
        members);
  }
}
