package io.modelvane.alerting.outbox;

import io.modelvane.alerting.outbox.Decisions.About;
import io.modelvane.alerting.outbox.Decisions.Decided;
import io.modelvane.alerting.outbox.OutboxRow.Progress;
import io.modelvane.alerting.outbox.OutboxRow.Target;
import io.modelvane.alerting.outbox.OutboxRows.Ending;
import io.modelvane.spi.IncidentStep;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Puts what is to be told into the outbox, given what waits there of the same incident. */
final class Mailing {
  private final Tables tables;

  Mailing(Tables tables) {
    this.tables = tables;
  }

  /**
   * What a notification names.
   *
   * @param rule the rule; empty for none
   * @param id the notification's identity
   * @param due when it may go out; earlier if something of the same incident waits that may
   */
  record Letter(String rule, String id, Instant due) {}

  /**
   * Plans a notification that may go out at once.
   *
   * @param rule the rule it names; empty for none
   * @param id the notification's identity
   */
  void send(Moment moment, Wish wish, String rule, String id) throws SQLException {
    var unused = send(moment, wish, new Letter(rule, id, moment.now()));
  }

  /** Plans a notification; answers when it may go out. */
  Instant send(Moment moment, Wish wish, Letter letter) throws SQLException {
    String incident = wish.incident().id();
    boolean fresh = moment.isFresh(incident);
    List<OutboxRow> before =
        fresh ? List.of() : tables.rows().live(moment.connection(), incident, wish.endpoint());
    boolean told =
        !fresh
            && tables.incidents().told(moment.connection(), incident).containsKey(wish.endpoint());
    OutboxRow row =
        new OutboxRow(
            0,
            letter.id(),
            new Target(wish.endpoint(), incident, wish.incident().key()),
            letter.rule(),
            wish.step(),
            wish.previous(),
            wish.incident().level(),
            moment.now(),
            Progress.due(due(letter, before)));
    plan(moment, row, before, told);
    return row.progress().due();
  }

  private static Instant due(Letter letter, List<OutboxRow> before) {
    return before.stream()
        .filter(row -> row.progress().state() == RowState.DUE)
        .map(row -> row.progress().due())
        .filter(due -> due.isBefore(letter.due()))
        .min(Instant::compareTo)
        .orElse(letter.due());
  }

  private void plan(Moment moment, OutboxRow row, List<OutboxRow> before, boolean told)
      throws SQLException {
    List<OutboxRow> unsent =
        before.stream().filter(old -> old.progress().state() == RowState.DUE).toList();
    boolean known = told || unsent.size() < before.size();
    boolean cancel = row.step() == IncidentStep.RESOLVED && !known && !unsent.isEmpty();
    RowState fate = cancel ? RowState.CANCELLED : RowState.SUPERSEDED;
    String reason = cancel ? "the incident ended before it was sent" : "a newer step is told";
    for (OutboxRow old : unsent) {
      tables.rows().end(moment.connection(), old, new Ending(fate, row.decidedAt(), reason));
    }
    if (cancel) {
      Progress cancelled = new Progress(fate, row.decidedAt(), 0, false);
      tables.rows().add(moment.connection(), row.at(cancelled), Optional.of(reason));
      decided(moment, row, Decided.of(DecisionKind.CANCELLED, row.rule(), reason));
    } else {
      OutboxRow planned = opening(row, unsent, known);
      tables.rows().add(moment.connection(), planned, Optional.empty());
      decided(moment, planned, Decided.of(DecisionKind.TOLD, row.rule(), words(planned)));
    }
  }

  private static String words(OutboxRow row) {
    String step = row.step().name().toLowerCase(Locale.ROOT);
    return row.previous() == row.level()
        ? "%s: %s".formatted(step, row.level().text())
        : "%s: from %s to %s".formatted(step, row.previous().text(), row.level().text());
  }

  private void decided(Moment moment, OutboxRow row, Decided decided) throws SQLException {
    About about = new About(row.target().incident(), row.id(), row.target().endpoint());
    tables.decisions().add(moment, about, decided);
  }

  /** To an endpoint that has not heard of the incident, whatever comes first is the opening. */
  private static OutboxRow opening(OutboxRow row, List<OutboxRow> unsent, boolean known) {
    if (known || unsent.isEmpty() || unsent.get(0).step() != IncidentStep.OPENED) {
      return row;
    }
    return row.as(IncidentStep.OPENED, unsent.get(0).previous());
  }
}
