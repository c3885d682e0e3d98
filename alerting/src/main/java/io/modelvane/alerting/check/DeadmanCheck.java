package io.modelvane.alerting.check;

import io.modelvane.alerting.codec.ByteReader;
import io.modelvane.spi.Series;
import io.modelvane.spi.Tag;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A check of type {@code deadman}. */
record DeadmanCheck(
    String name,
    Selection selection,
    Optional<Sign> sign,
    Silence silence,
    List<Map<String, String>> expect)
    implements Check {
  private static final String ANY_MEASUREMENT = "expected";

  @Override
  public String type() {
    return "deadman";
  }

  /** When silence begins is no part of it: what was seen stays true when that changes. */
  @Override
  public String definition() {
    return selection.definition() + " field=" + sign.map(Sign::toString).orElse("*");
  }

  @Override
  public boolean understands(String earlier) {
    return earlier.contains(" by=%s ".formatted(selection.grouping()));
  }

  @Override
  public boolean goesOn(String earlier, Series series, boolean open) {
    return isStandIn(series)
        || (selection.goesOn(earlier, series) && (open || selection.isSure(earlier)));
  }

  @Override
  public List<Series> concerns(Series series) {
    List<Series> own = selection.concerns(series);
    if (own.isEmpty() || entries().isEmpty()) {
      return own;
    }
    List<Series> all = new ArrayList<>(own);
    for (Map<String, String> tags : entries()) {
      Series stand = standIn(tags);
      if (matches(own.get(0), tags) && !all.contains(stand)) {
        all.add(stand);
      }
    }
    return all;
  }

  @Override
  public List<Series> expected(Collection<Series> known) {
    List<Series> expected = new ArrayList<>();
    for (Map<String, String> tags : entries()) {
      if (known.stream().noneMatch(series -> !isStandIn(series) && matches(series, tags))) {
        expected.add(standIn(tags));
      }
    }
    return expected;
  }

  /** What has to be there. The source as a whole always has to. */
  private List<Map<String, String>> entries() {
    boolean wholeSource = selection.by().filter(List::isEmpty).isPresent();
    return expect.isEmpty() && wholeSource ? List.of(Map.of()) : expect;
  }

  /** Whether a series stands, or stood, for one that has to be there. */
  boolean isStandIn(Series series) {
    return entries().stream().anyMatch(tags -> standIn(tags).equals(series));
  }

  /** What stands for an expected series until one is seen: it may be that series itself. */
  private Series standIn(Map<String, String> tags) {
    List<Tag> list = new ArrayList<>();
    tags.forEach((key, value) -> list.add(new Tag(key, value)));
    return Series.of(selection.measurement().orElse(ANY_MEASUREMENT), list);
  }

  private static boolean matches(Series series, Map<String, String> tags) {
    return tags.entrySet().stream().allMatch(t -> t.getValue().equals(series.tag(t.getKey())));
  }

  /** Whether a series was named as one that has to be there, so that it is never forgotten. */
  boolean isExpected(Series series) {
    return expect.stream().anyMatch(tags -> matches(series, tags));
  }

  @Override
  public Evaluator create(Series series) {
    return new DeadmanEvaluator(this, series);
  }

  @Override
  public Evaluator decode(Series series, ByteReader state) {
    return new DeadmanEvaluator(this, series, state);
  }

  @Override
  public int statesPerPage() {
    return 256;
  }
}
