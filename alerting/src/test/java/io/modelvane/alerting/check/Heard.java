package io.modelvane.alerting.check;

import io.modelvane.spi.FieldKey;
import io.modelvane.spi.Level;
import io.modelvane.spi.PointBatch;
import io.modelvane.spi.PointBatchBuilder;
import io.modelvane.spi.Series;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/** Puts rows and ticks into an evaluator and writes down what it says. */
final class Heard implements Verdicts {
  static final long SECOND = 1_000_000_000L;
  static final FieldKey FIELD = FieldKey.of("score");
  static final Series SERIES = Series.of("calls", List.of());

  /** A row as it comes. */
  record Input(long time, long arrived, double value) {}

  /** A verdict. */
  record Said(Level level, long sourceTime, double value) {}

  final List<Said> said = new ArrayList<>();
  final List<Said> amended = new ArrayList<>();
  private final Supplier<Evaluator> current;
  int late;

  Heard(Supplier<Evaluator> current) {
    this.current = current;
  }

  @Override
  public void judged(Level previous, long sourceTime, long known) {
    Evaluator evaluator = current.get();
    said.add(
        new Said(evaluator.level(), sourceTime, evaluator.finding().value().orElse(Double.NaN)));
  }

  @Override
  public void amended(Level level, Finding finding, long sourceTime) {
    amended.add(new Said(level, sourceTime, finding.value().orElse(Double.NaN)));
  }

  @Override
  public void failed() {
    throw new AssertionError("nothing goes wrong");
  }

  @Override
  public void notNumeric() {
    throw new AssertionError("all rows have numbers");
  }

  @Override
  public void late() {
    late++;
  }

  static Row row(Input input) {
    PointBatchBuilder builder = new PointBatchBuilder();
    builder.beginRow();
    builder.number(FIELD, input.value);
    builder.endRow(SERIES, input.time);
    PointBatch batch = builder.build();
    Row row = new Row();
    row.move(batch, 0, input.arrived, Long.MAX_VALUE);
    return row;
  }

  /**
   * Runs inputs through an evaluator, with ticks wherever they may be.
   *
   * @param ticks how likely there is one between two rows
   * @param reborn what happens to the evaluator after each step
   */
  static List<Said> run(
      Evaluator first, List<Input> inputs, Ticks ticks, UnaryOperator<Evaluator> reborn) {
    Evaluator[] evaluator = {first};
    Heard heard = new Heard(() -> evaluator[0]);
    long[] complete = complete(inputs);
    long told = Long.MIN_VALUE;
    for (int i = 0; i < inputs.size(); i++) {
      if (ticks.random.nextDouble() < ticks.share && complete[i] > told) {
        told = complete[i];
        evaluator[0].tick(told, heard);
        evaluator[0] = reborn.apply(evaluator[0]);
      }
      evaluator[0].row(row(inputs.get(i)), heard);
      evaluator[0] = reborn.apply(evaluator[0]);
    }
    evaluator[0].tick(ticks.end, heard);
    return heard.said;
  }

  /** How ticks are spread. */
  record Ticks(Random random, double share, long end) {}

  /** Before each row, up to when everything has arrived. */
  private static long[] complete(List<Input> inputs) {
    long[] complete = new long[inputs.size()];
    long least = Long.MAX_VALUE;
    for (int i = inputs.size() - 1; i >= 0; i--) {
      least = Math.min(least, inputs.get(i).arrived);
      complete[i] = least;
    }
    return complete;
  }

  /** Two partitions, each in the order of arrival, read in any turn. */
  static List<Input> inputs(Random random, int count, Supplier<Input> next) {
    List<List<Input>> partitions = List.of(new ArrayList<>(), new ArrayList<>());
    for (int i = 0; i < count; i++) {
      partitions.get(random.nextInt(2)).add(next.get());
    }
    List<Input> merged = new ArrayList<>();
    partitions.forEach(p -> p.sort((a, b) -> Long.compare(a.arrived, b.arrived)));
    int[] at = {0, 0};
    while (merged.size() < count) {
      int p = random.nextInt(2);
      if (at[p] < partitions.get(p).size()) {
        merged.add(partitions.get(p).get(at[p]++));
      }
    }
    return merged;
  }
}
