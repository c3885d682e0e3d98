package io.modelvane.alerting.why;

import io.modelvane.alerting.outbox.OutboxView;
import io.modelvane.alerting.outbox.OutboxView.KnownIncident;
import io.modelvane.alerting.why.Running.Standpoint;
import io.modelvane.spi.ComponentException;
import io.modelvane.spi.Level;
import io.modelvane.spi.Series;
import io.modelvane.spi.StateStore;
import io.modelvane.spi.Tag;
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
  private final OutboxView outbox;
  private final Running running;

  /** Answers from what is kept and what runs. */
  public WhyNot(StateStore store, Chronicle chronicle, OutboxView outbox, Running running) {
    this.store = store;
    this.chronicle = chronicle;
    this.outbox = outbox;
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
    return store.read(
        connection -> {
          for (Series kept : chronicle.series(connection, question.check())) {
            if (found.size() < MOST_SERIES && wanted.test(kept)) {
              found.putIfAbsent(kept, Optional.empty());
            }
          }
          List<Answer> answers = new ArrayList<>();
          for (Map.Entry<Series, Optional<Standpoint>> one : found.entrySet()) {
            answers.add(answer(connection, question, one.getKey(), one.getValue()));
          }
          return answers;
        });
  }

  private Answer answer(
      Connection connection, Question question, Series series, Optional<Standpoint> point)
      throws SQLException {
    List<String> facts = new ArrayList<>();
    Chronicle.Subject subject = new Chronicle.Subject(question.check(), series.head());
    Optional<Verdict> last = chronicle.before(connection, subject, question.at());
    Optional<Verdict> next = chronicle.after(connection, subject, question.at());
    Level level =
        last.map(v -> v.status().level()).or(() -> next.map(Verdict::previous)).orElse(Level.OK);
    facts.add(
        last.map(
                v ->
                    "it was at %s since %s: %s (%s)"
                        .formatted(
                            v.status().level().text(),
                            v.status().time(),
                            v.status().message(),
                            Story.inputs(v)))
            .orElse("it had not left ok in the time that is kept (7 days)"));
    next.ifPresent(
        v ->
            facts.add(
                "it next changed at %s, to %s: %s"
                    .formatted(
                        v.status().time(), v.status().level().text(), v.status().message())));
    if (last.isPresent() && level != Level.OK) {
      told(connection, last.get(), question, facts);
    }
    now(connection, question, point, facts);
    return new Answer(series, level, facts);
  }

  /** It was bad, and still somebody was not told: says who was, and who was not. */
  private void told(Connection connection, Verdict verdict, Question question, List<String> facts)
      throws SQLException {
    Optional<KnownIncident> incident = outbox.incident(connection, verdict.incident());
    facts.add("incident " + verdict.incident() + " was open; 'why' tells its story");
    List<OutboxView.Planned> planned = outbox.notificationsOf(connection, verdict.incident());
    if (incident.isPresent() && planned.isEmpty()) {
      facts.add("no rule wanted anybody told of it");
    }
    for (OutboxView.Planned one : planned) {
      if (!one.decidedAt().isAfter(question.at())) {
        OutboxView.Fate fate = one.fate();
        facts.add(
            "%s: %s%s%s"
                .formatted(
                    one.told().endpoint(),
                    fate.state(),
                    fate.ended().map(time -> " at " + time).orElse(" not before " + fate.due()),
                    fate.reason().isEmpty() ? "" : ", " + fate.reason()));
      }
    }
  }

  private void now(
      Connection connection, Question question, Optional<Standpoint> point, List<String> facts)
      throws SQLException {
    Optional<Instant> complete = chronicle.complete(connection);
    if (complete.isEmpty()) {
      facts.add("no pipeline has said yet up to when everything has arrived");
    } else if (complete.get().isBefore(question.at())) {
      facts.add(
          "everything has arrived until %s only, before the time in question: windows and silence"
              + " that reach beyond are not judged yet".formatted(complete.get()));
    }
    if (point.isEmpty()) {
      facts.add("nothing is known of it now: it was not seen since the start, or was forgotten");
      return;
    }
    Standpoint seen = point.get();
    facts.add(
        "at %s it stands at %s: %s".formatted(question.now(), seen.level().text(), seen.message()));
    seen.reservations().forEach(words -> facts.add("now: " + words));
    if (seen.late() > 0) {
      facts.add("%d calls came too late for a window since the start".formatted(seen.late()));
    }
  }

  /** A series as one asks for it. */
  public static String words(Series series) {
    StringBuilder words = new StringBuilder(series.measurement());
    for (Tag tag : series.tags()) {
      words.append(',').append(tag.key()).append('=').append(tag.value());
    }
    return words.toString();
  }
}
