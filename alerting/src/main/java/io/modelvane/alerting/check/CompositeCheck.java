package io.modelvane.alerting.check;

import io.modelvane.alerting.codec.ByteReader;
import io.modelvane.spi.Series;
import io.modelvane.spi.Tag;
import java.util.List;

/**
 * A check of type {@code composite}.
 *
 * @param by the tags that a series of this check has, of those of the others
 * @param ladder has one rung, reached by 1
 */
record CompositeCheck(String name, Combination combination, List<String> by, Ladder ladder)
    implements FollowingCheck {
  private static final String MEASUREMENT = "composite";

  @Override
  public String type() {
    return "composite";
  }

  @Override
  public String definition() {
    return "%s by %s %s".formatted(combination, grouping(), ladder.definition());
  }

  @Override
  public boolean goesOn(String earlier, Series series, boolean open) {
    return earlier.contains(" by %s ".formatted(grouping()));
  }

  private String grouping() {
    return by.stream().sorted().toList().toString();
  }

  @Override
  public List<String> follows() {
    return combination.checks();
  }

  @Override
  public Series group(Series series) {
    List<Tag> kept = series.tags().stream().filter(tag -> by.contains(tag.key())).toList();
    return Series.of(MEASUREMENT, kept);
  }

  @Override
  public Follower create(Series series) {
    return new CompositeEvaluator(this);
  }

  @Override
  public Follower decode(Series series, ByteReader state) {
    return new CompositeEvaluator(this, state);
  }

  @Override
  public int statesPerPage() {
    return 16;
  }
}
