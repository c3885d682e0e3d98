package io.modelvane.faults;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.assertj.core.api.SoftAssertions;

/** What has to be true after each case, whatever has gone wrong in it. */
final class Oracle {
  private final Stage stage;
  private final FaultCase.Terms terms;

  Oracle(Stage stage, FaultCase.Terms terms) {
    this.stage = stage;
    this.terms = terms;
  }

  private boolean isLost(Message message) {
    return message.kind() == Message.Kind.MALFORMED
        || (terms.refusal() == FaultCase.Refusal.FOR_GOOD
            && message.kind() == Message.Kind.UNSTORABLE);
  }

  private Set<String> ids(Predicate<Message> wanted) {
    return stage.traffic().sent().stream()
        .filter(wanted)
        .map(Message::id)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** Whether everything is where it belongs by now and nothing is left to be read. */
  boolean isSettled() {
    stage.letters().look();
    int there = stage.store().ledger().size() + stage.letters().of(stage.metrics()).size();
    return there >= stage.traffic().sent().size() && isAllThere() && stage.isRead();
  }

  private boolean isAllThere() {
    return stage.traffic().sent().stream()
        .allMatch(
            message ->
                isLost(message)
                    ? stage.letters().of(stage.metrics()).contains(message.id())
                    : stage.store().ledger().has(message.id()));
  }

  /** What is not where it belongs, for the words of a failure. */
  String unsettled() throws InterruptedException {
    stage.letters().look();
    Set<String> missing = ids(message -> !isLost(message));
    missing.removeAll(stage.store().ledger().ids());
    Set<String> letters = ids(this::isLost);
    letters.removeAll(stage.letters().of(stage.metrics()));
    StringBuilder words = new StringBuilder();
    words.append("not stored: ").append(missing).append("\nno dead letter: ").append(letters);
    for (Watch watch : stage.watches()) {
      words.append("\nlag ").append(watch.lag()).append(" at ").append(watch.committed());
    }
    words
        .append("\nbroken promises: ")
        .append(stage.watches().stream().map(Watch::violations).toList());
    words.append("\narrived: ").append(stage.people().arrivals());
    stage
        .processes()
        .all()
        .forEach(
            product ->
                words
                    .append(product.alive() ? "\n\nlives:\n" : "\n\nended:\n")
                    .append(product.words()));
    return words.toString();
  }

  /** Everything at once, after the end; all that is wrong is named. */
  void check(int breaches) throws InterruptedException {
    stage.stopWatching();
    SoftAssertions all = new SoftAssertions();
    for (Watch watch : stage.watches()) {
      all.assertThat(watch.violations()).as("committed before it was safe").isEmpty();
      all.assertThat(watch.lag()).as("lag after the end").isZero();
    }
    all.assertThat(stage.store().ledger().ids())
        .as("ids in the store")
        .isEqualTo(ids(message -> !isLost(message)));
    all.assertThat(stage.store().ledger().confusions())
        .as("points of two ids, or ids of two points")
        .isEmpty();
    all.assertThat(ids(message -> !hasItsTime(message))).as("ids with another time").isEmpty();
    all.assertThat(stage.people().strays()).as("calls where nobody is").isEmpty();
    all.assertThat(Product.temporary(stage.folder()))
        .as("what is left in its temporary folder")
        .isEmptyDirectory();
    checkLetters(all);
    checkNotifications(all, breaches);
    for (Product product : stage.processes().all()) {
      all.assertThat(product.words()).as("what it said").doesNotContain(Stage.SECRET);
    }
    all.assertAll();
  }

  private boolean hasItsTime(Message message) {
    return stage.store().ledger().isOfSecond(message.id(), message.second());
  }

  private void checkLetters(SoftAssertions all) {
    Set<String> letters = new TreeSet<>(stage.letters().of(stage.metrics()));
    if (terms.refusal() == FaultCase.Refusal.UNTIL_PUT_BACK) {
      letters.removeAll(ids(message -> message.kind() == Message.Kind.UNSTORABLE));
    }
    all.assertThat(letters).as("dead letters of the metrics").isEqualTo(ids(this::isLost));
    all.assertThat(stage.letters().of(stage.alerts()))
        .as("dead letters of the alerts")
        .isEqualTo(ids(message -> message.kind() == Message.Kind.MALFORMED));
    all.assertThat(stage.letters().flaws()).as("flaws of dead letters").isEmpty();
  }

  /** Whether everybody has heard of the beginning and of the end of every incident. */
  boolean isTold() {
    return arrived().keySet().containsAll(expected(stage.breaches()));
  }

  private Map<String, List<Arrival>> arrived() {
    return stage.people().arrivals().stream()
        .collect(Collectors.groupingBy(Arrival::what, TreeMap::new, Collectors.toList()));
  }

  private Set<String> expected(int breaches) {
    Set<String> expected = new TreeSet<>();
    for (int breach = 1; breach <= breaches; breach++) {
      for (Arrival.Endpoint endpoint : Arrival.Endpoint.values()) {
        expected.add(endpoint + " opened " + breach);
        expected.add(endpoint + " resolved " + breach);
      }
    }
    expected.removeAll(stage.unheard());
    return expected;
  }

  private void checkNotifications(SoftAssertions all, int breaches) {
    Map<String, List<Arrival>> arrived = arrived();
    Set<String> expected = expected(breaches);
    all.assertThat(arrived.keySet()).as("what people were told").isEqualTo(expected);
    arrived.forEach((what, arrivals) -> checkOnce(all, what, arrivals));
  }

  private void checkOnce(SoftAssertions all, String what, List<Arrival> arrivals) {
    if (arrivals.get(0).endpoint().tellsRepeats()) {
      all.assertThat(arrivals.stream().map(Arrival::key).distinct())
          .as("%s is one for its receiver: %s", what, arrivals)
          .hasSize(1);
      return;
    }
    all.assertThat(arrivals.size() - 1)
        .as("repeats of %s", what)
        .isLessThanOrEqualTo(terms.repeats());
    all.assertThat(arrivals.stream().filter(arrival -> !arrival.marked()).count())
        .as("%s is not told twice as if it were new: %s", what, arrivals)
        .isLessThanOrEqualTo(1);
  }
}
