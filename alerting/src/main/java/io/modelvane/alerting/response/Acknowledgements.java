package io.modelvane.alerting.response;

import io.modelvane.alerting.response.Response.Acknowledgement;
import io.modelvane.alerting.response.Response.Remark;
import io.modelvane.alerting.response.Response.Snooze;
import io.modelvane.spi.ComponentException;
import io.modelvane.spi.StateStore;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Acknowledges and snoozes incidents. What a method has returned is on the disk, and holds from
 * then on until the incident ends. Safe for use by many threads; usable once the sink has started.
 */
public final class Acknowledgements {
  private final StateStore store;
  private final Clock clock;
  private final ResponseTable table;
  private final Consequences consequences;

  /** What follows from it, in the same transaction. */
  public interface Consequences {
    /** Whether there is such an incident, and it is not over. */
    boolean isOpen(Connection connection, String incident) throws SQLException;

    /** Somebody sees to it. */
    void acknowledged(Connection connection, String incident, Acknowledgement said)
        throws SQLException;

    /** Somebody saw to it, and does not any more. */
    void unacknowledged(Connection connection, String incident, Acknowledgement said)
        throws SQLException;

    /** There is to be quiet, possibly longer or shorter than was said before. */
    void snoozed(Connection connection, String incident, Snooze said) throws SQLException;

    /** The transaction is on the disk. Must not block. */
    void committed();
  }

  /**
   * Acknowledgements in a database; no I/O yet.
   *
   * @param clock tells when something was said
   */
  public Acknowledgements(StateStore store, Clock clock, Consequences consequences) {
    this.store = store;
    this.clock = clock;
    this.table = new ResponseTable(store);
    this.consequences = consequences;
  }

  /** The steps that make the tables; only ever appended to. */
  public List<String> steps() {
    return table.steps();
  }

  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MILLIS);
  }

  /**
   * Somebody sees to an incident: reminders and escalation of it stop. Steps that a rule is about
   * are still told. Said again, the later remark counts.
   *
   * @param incident the incident's id
   * @return what was said to the incident so far; empty when there is no such open incident
   * @throws ComponentException when the database does not take it; then nothing was said
   */
  public Optional<Response> acknowledge(String incident, Remark remark) throws ComponentException {
    Acknowledgement said = new Acknowledgement(remark, now());
    Optional<Response> response =
        store.transact(
            connection -> {
              if (!consequences.isOpen(connection, incident)) {
                return Optional.<Response>empty();
              }
              table.put(connection, incident, said);
              consequences.acknowledged(connection, incident, said);
              return Optional.of(table.find(connection, incident));
            });
    consequences.committed();
    return response;
  }

  /**
   * Takes an acknowledgement back: whoever was told of the incident is told that it lasts, unless
   * something keeps that back, and reminders and escalation begin anew. Nothing happens when nobody
   * sees to it.
   *
   * @param incident the incident's id
   * @return what was said to the incident so far; empty when there is no such open incident
   * @throws ComponentException when the database does not take it; then nothing was said
   */
  public Optional<Response> unacknowledge(String incident, Remark remark)
      throws ComponentException {
    Acknowledgement said = new Acknowledgement(remark, now());
    Optional<Response> response =
        store.transact(
            connection -> {
              if (!consequences.isOpen(connection, incident)) {
                return Optional.<Response>empty();
              }
              if (table.unacknowledge(connection, incident)) {
                consequences.unacknowledged(connection, incident, said);
              }
              return Optional.of(table.find(connection, incident));
            });
    consequences.committed();
    return response;
  }

  /**
   * Nobody is told anything of an incident until a time, but of its end who was told of it. Then
   * what stands is told to everybody who was told of it before or would have been meanwhile. Said
   * again, the later time counts, also an earlier one.
   *
   * @param incident the incident's id
   * @return what was said to the incident so far; empty when there is no such open incident
   * @throws IllegalArgumentException with words for the user, when the time is past
   * @throws ComponentException when the database does not take it; then nothing was said
   */
  public Optional<Response> snooze(String incident, Instant until, Remark remark)
      throws ComponentException {
    Snooze said = new Snooze(remark, now(), until.truncatedTo(ChronoUnit.MILLIS));
    if (!said.until().isAfter(said.at())) {
      throw new IllegalArgumentException(
          "it would be over already: until %s, and it is %s".formatted(said.until(), said.at()));
    }
    return put(incident, said);
  }

  /**
   * Ends a snooze before its time: what stands is told now.
   *
   * @param incident the incident's id
   * @return what was said to the incident so far; empty when there is no such open incident
   */
  public Optional<Response> wake(String incident, Remark remark) throws ComponentException {
    Instant now = now();
    return put(incident, new Snooze(remark, now, now));
  }

  private Optional<Response> put(String incident, Snooze said) throws ComponentException {
    Optional<Response> response =
        store.transact(
            connection -> {
              if (!consequences.isOpen(connection, incident)) {
                return Optional.<Response>empty();
              }
              table.put(connection, incident, said);
              consequences.snoozed(connection, incident, said);
              return Optional.of(table.find(connection, incident));
            });
    consequences.committed();
    return response;
  }

  /** What was said to an incident, as long as the incident is kept. */
  public Response find(String incident) throws ComponentException {
    return store.read(connection -> table.find(connection, incident));
  }

  /** All that was said, by incident; of incidents that are over for seven days. */
  public Map<String, Response> list() throws ComponentException {
    return store.read(table::all);
  }

  /** What was said to an incident; inside the caller's transaction. */
  public Response find(Connection connection, String incident) throws SQLException {
    return table.find(connection, incident);
  }

  /** Somebody sees to an incident, as follows from what was said to others. */
  public void follow(Connection connection, String incident, Acknowledgement said)
      throws SQLException {
    table.put(connection, incident, said);
  }

  /** Nobody sees to an incident any more; whether somebody did. */
  public boolean unfollow(Connection connection, String incident) throws SQLException {
    return table.unacknowledge(connection, incident);
  }

  /** Forgets what was said to an incident. */
  public void forget(Connection connection, String incident) throws SQLException {
    table.forget(connection, incident);
  }
}
