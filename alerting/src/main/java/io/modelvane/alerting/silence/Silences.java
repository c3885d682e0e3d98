package io.modelvane.alerting.silence;

import io.modelvane.spi.ComponentException;
import io.modelvane.spi.StateStore;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * Makes, ends and lists silences. They are kept in the local database: what {@link #create} and
 * {@link #end} have returned is on the disk, and holds from then on. Safe for use by many threads;
 * usable once the sink has started.
 */
public final class Silences {
  private static final int ID_BYTES = 6;

  private final StateStore store;
  private final Clock clock;
  private final SilenceTable table;
  private final Consequences consequences;
  private final SecureRandom random = new SecureRandom();

  /** What follows from silences, in the same transaction. */
  public interface Consequences {
    /** One was made; it may start later. */
    void made(Connection connection, Silence silence, Instant now) throws SQLException;

    /** One was ended before its time. */
    void ended(Connection connection, Silence silence, Instant now) throws SQLException;

    /** The transaction is on the disk. Must not block. */
    void committed();
  }

  /**
   * Silences in a database; no I/O yet.
   *
   * @param clock tells the time of making and ending
   */
  public Silences(StateStore store, Clock clock, Consequences consequences) {
    this.store = store;
    this.clock = clock;
    this.table = new SilenceTable(store);
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
   * Makes a silence.
   *
   * @throws IllegalArgumentException with words for the user, when it would be over already
   * @throws ComponentException when the database does not take it; then there is none
   */
  public Silence create(Silence.Draft draft) throws ComponentException {
    Instant now = now();
    Silence.Draft exact =
        new Silence.Draft(
            draft.matchers(),
            draft.starts().truncatedTo(ChronoUnit.MILLIS),
            draft.ends().truncatedTo(ChronoUnit.MILLIS),
            draft.author(),
            draft.comment());
    if (!exact.ends().isAfter(now)) {
      throw new IllegalArgumentException(
          "it would be over already: ends %s, and it is %s".formatted(exact.ends(), now));
    }
    Silence silence = new Silence(newId(), exact, now, Optional.empty());
    store.<Boolean>transact(
        connection -> {
          table.add(connection, silence);
          consequences.made(connection, silence, now);
          return true;
        });
    consequences.committed();
    return silence;
  }

  private String newId() {
    byte[] bytes = new byte[ID_BYTES];
    random.nextBytes(bytes);
    return HexFormat.of().formatHex(bytes);
  }

  /**
   * Ends a silence before its time. What it kept back, and still lasts, is told then.
   *
   * @param by who ends it
   * @return the silence as it is now, unchanged if it was over; empty when there is none of that id
   * @throws IllegalArgumentException with words for the user, when nobody is named
   */
  public Optional<Silence> end(String id, String by) throws ComponentException {
    if (by.isBlank()) {
      throw new IllegalArgumentException("say who ends it");
    }
    Instant now = now();
    Optional<Silence> ended =
        store.transact(
            connection -> {
              Optional<Silence> found = table.find(connection, id);
              if (found.isEmpty() || found.get().state(now) == Silence.State.ENDED) {
                return found;
              }
              Silence.Ending ending = new Silence.Ending(now, by.strip());
              table.end(connection, id, ending);
              Silence over =
                  new Silence(id, found.get().draft(), found.get().created(), Optional.of(ending));
              consequences.ended(connection, over, now);
              return Optional.of(over);
            });
    consequences.committed();
    return ended;
  }

  /** The silence of an id, also one that is over, as long as it is kept. */
  public Optional<Silence> find(String id) throws ComponentException {
    return store.read(connection -> table.find(connection, id));
  }

  /** All silences, the last made first; those that are over for seven days. */
  public List<Silence> list() throws ComponentException {
    return list(Long.MAX_VALUE).stream().map(Numbered::silence).toList();
  }

  /**
   * A silence in a list.
   *
   * @param number greater than those of all made before
   */
  public record Numbered(long number, Silence silence) {}

  /** Those of {@link #list()} made before a number. */
  public List<Numbered> list(long before) throws ComponentException {
    return store.read(connection -> table.before(connection, before));
  }

  /** Those that keep something back at a time, or will; inside the caller's transaction. */
  public List<Silence> lasting(Connection connection, Instant now) throws SQLException {
    return table.lasting(connection, now);
  }

  /** Forgets those that were over before a time; how many. */
  public int forget(Connection connection, Instant before) throws SQLException {
    return table.forget(connection, before);
  }
}
