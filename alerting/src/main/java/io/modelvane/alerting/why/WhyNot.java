package io.modelvane.alerting.why;

import io.modelvane.alerting.outbox.DecisionRecord;
import io.modelvane.alerting.outbox.Outbox;
import io.modelvane.alerting.outbox.OutboxView;
import io.modelvane.alerting.why.Running.Standpoint;
import io.modelvane.spi.ComponentException;
import io.modelvane.spi.Level;
import io.modelvane.spi.Series;
import io.modelvane.spi.StateStore;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Says why nobody was told of a series at a time, from what is known: where it stood, what was
 * pending, what was told of its incident and what was not.
 */
public final class WhyNot {
  private static final int MOST_SERIES = 20;

  private final StateStore store;
  private final Chronicle chronicle;
  private final OutboxView view;
  private final Outbox outbox;
  private final Running running;

  /** Answers from what is kept and what runs. */
  public WhyNot(StateStore store, Chronicle chronicle, Outbox outbox, Running running) {
    this.store = store;
    this.chronicle = chronicle;
    this.outbox = outbox;
    this.view = new OutboxView(store);
    this.running = running;
  }

  /**
   * A question.
   *
   * @param check the check's name
   * @param series tags and their values, or parts of the encoded series; all of them have to fit
   * @param at the time in question
   * @param now the time of asking
   */
  public record Question(String check, List<String> series, Instant at, Instant now) {
    /** Reads {@code tag=value,tag=value}, with or without a measurement in front. */
    public static Question of(String check, String series, Instant at, Instant now) {
      return new Question(check, List.of(series.strip().split("(?<!\\\\),", -1)), at, now);
    }

    boolean fits(Series candidate) {
      return series.stream().allMatch(part -> part.isBlank() || fits(candidate, part.strip()));
    }

    private static boolean fits(Series candidate, String part) {
      int equal = part.indexOf('=');
      return equal < 0
          ? candidate.measurement().equals(part)
          : part.substring(equal + 1).equals(candidate.tag(part.substring(0, equal)));
    }
  }

  /**
   * What is known of one series.
   *
   * @param series the series
   * @param levelThen its level at the time in question
   * @param facts what stopped an alert, or did not, in sentences
   */
  public record Answer(Series series, Level levelThen, List<String> facts) {}

  /** Answers for each series that fits; empty when none was ever seen. */
  public List<Answer> ask(Question question) throws ComponentException, InterruptedException {
    Map<Series, Optional<Standpoint>> found = new LinkedHashMap<>();
    Predicate<Series> wanted = question::fits;
    for (Standpoint point : running.look(question.check(), wanted, MOST_SERIES)) {
      found.put(point.series(), Optional.of(point));
    }
    for (Series kept : store.read(connection -> chronicle.series(connection, question.check()))) {
      if (found.size() < MOST_SERIES && wanted.test(kept)) {
        found.putIfAbsent(kept, Optional.empty());
      }
    }
    List<Answer> answers = new ArrayList<>();
    for (Map.Entry<Series, Optional<Standpoint>> one : found.entrySet()) {
      answers.add(answer(question, one.getKey(), one.getValue()));
    }
    return answers;
  }

  /** The changes of a level around the time in question. */
  private record Around(
      Optional<Verdict> last, Optional<Verdict> next, Optional<Instant> complete) {
    Level level() {
      return last.map(verdict -> verdict.status().level())
          .or(() -> next.map(Verdict::previous))
          .orElse(Level.OK);
    }
  }

  private Around around(Connection connection, Chronicle.Subject subject, Instant at)
      throws SQLException {
    return new Around(
        chronicle.before(connection, subject, at),
        chronicle.after(connection, subject, at),
        chronicle.complete(connection));
  }

  private Answer answer(Question question, Series series, Optional<Standpoint> point)
      throws ComponentException {
    Chronicle.Subject subject = new Chronicle.Subject(question.check(), series.head());
    Around around = store.read(connection -> around(connection, subject, question.at()));
    List<String> facts = new ArrayList<>();
    levels(around, facts);
    if (around.last().isPresent() && around.level() != Level.OK) {
      told(around.last().get().incident(), question, facts);
    }
    arrived(around, question, facts);
    now(question, point, facts);
    return new Answer(series, around.level(), facts);
  }

  private static void levels(Around around, List<String> facts) {
    facts.add(
        around
            .last()
            .map(
                verdict ->
                    "it was at %s since %s: %s (%s)"
                        .formatted(
                            verdict.status().level().text(),
                            verdict.status().time(),
                            verdict.status().message(),
                            Story.inputs(verdict)))
            .orElse("it had not left ok in the time that is kept (7 days)"));
    around
        .next()
        .ifPresent(
            verdict ->
                facts.add(
                    "it next changed at %s, to %s: %s"
                        .formatted(
                            verdict.status().time(),
                            verdict.status().level().text(),
                            verdict.status().message())));
  }

  /** It was bad, and still somebody was not told: says what was decided, and what came of it. */
  private void told(String incident, Question question, List<String> facts)
      throws ComponentException {
    facts.add("incident " + incident + " was open; 'why' tells its story");
    for (DecisionRecord decision : outbox.decisions(incident)) {
      if (!decision.at().isAfter(question.at())) {
        facts.add("at %s %s".formatted(decision.at(), Story.chapter(decision).text()));
      }
    }
    List<OutboxView.Planned> planned =
        new ArrayList<>(store.read(connection -> view.notificationsOf(connection, incident)));
    planned.addAll(store.read(connection -> view.groupNotificationsOf(connection, incident)));
    for (OutboxView.Planned one : planned) {
      if (!one.decidedAt().isAfter(question.at())) {
        OutboxView.Fate fate = one.fate();
        facts.add(
            "%s%s: %s%s%s"
                .formatted(
                    one.told().endpoint(),
                    one.told().incident().equals(incident)
                        ? ""
                        : " (group %s)".formatted(one.told().incident()),
                    fate.state(),
                    fate.ended().map(time -> " at " + time).orElse(" not before " + fate.due()),
                    fate.reason().isEmpty() ? "" : ", " + fate.reason()));
      }
    }
  }

  private static void arrived(Around around, Question question, List<String> facts) {
    if (around.complete().isEmpty()) {
      facts.add("no pipeline has said yet up to when everything has arrived");
    } else if (around.complete().get().isBefore(question.at())) {
      facts.add(
          ("everything has arrived until %s only, before the time in question: windows and"
                  + " silence that reach beyond are not judged yet")
              .formatted(around.complete().get()));
    }
  }

  private static void now(Question question, Optional<Standpoint> point, List<String> facts) {
    if (point.isEmpty()) {
      facts.add("nothing is known of it now: it was not seen since the start, or was forgotten");
      return;
    }
    Standpoint seen = point.get();
    facts.add(
        "at %s it stands at %s: %s".formatted(question.now(), seen.level().text(), seen.message()));
    seen.reservations().forEach(words -> facts.add("now: " + words));
    if (seen.early() > 0) {
      facts.add(
          ("%d calls since the start had a time more than a minute after their arrival: a clock is"
                  + " ahead, and they count as of their arrival")
              .formatted(seen.early()));
    }
    if (seen.late() > 0) {
      facts.add("%d calls came too late for a window since the start".formatted(seen.late()));
    }
  }
}
