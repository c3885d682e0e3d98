package io.modelvane.alerting.check;

import static io.modelvane.alerting.check.Heard.SECOND;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.modelvane.alerting.check.Heard.Input;
import io.modelvane.alerting.check.Heard.Said;
import io.modelvane.alerting.check.Heard.Ticks;
import io.modelvane.alerting.codec.ByteReader;
import io.modelvane.alerting.codec.ByteWriter;
import io.modelvane.spi.Level;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** Random streams over random windows, against a recomputation that keeps every row. */
class WindowPropertyTest {
  private static final Aggregate[] KINDS = Aggregate.values();
  private static final long END = 5_000 * SECOND;
  private static final Ladder LADDER =
      new Ladder(
          Map.of(Level.CRIT, Condition.parse("> 60"), Level.WARN, Condition.parse("> 50")),
          Map.of(Level.CRIT, Condition.parse("< 55")),
          Damping.NONE);

  private static Windows windows(Random random) {
    long every = 5L + random.nextInt(20);
    long length = every + random.nextInt(30);
    return new Windows(
        length * SECOND,
        every * SECOND,
        4L * random.nextInt(3) * SECOND,
        1 + random.nextInt(3),
        KINDS[random.nextInt(KINDS.length)]);
  }

  private static List<Input> inputs(Random random) {
    return Heard.inputs(
        random,
        120,
        () -> {
          long time = 1_000 * SECOND + (long) (random.nextDouble() * 300 * SECOND);
          double delay = random.nextInt(8) == 0 ? random.nextDouble() * 60 : random.nextDouble();
          return new Input(time, time + (long) (delay * SECOND), random.nextInt(100));
        });
  }

  private static Evaluator evaluator(Windows windows) {
    return new WindowEvaluator(measure(windows), frame(windows));
  }

  private static Measure measure(Windows windows) {
    return new AggregateMeasure(Optional.of(Heard.FIELD), windows);
  }

  private static Frame frame(Windows windows) {
    return new Frame(windows, LADDER, Optional.empty(), 0);
  }

  private static List<Said> naive(Windows windows, List<Input> inputs) {
    List<Said> said = new ArrayList<>();
    for (long end = 0; end < END; end += windows.every()) {
      List<Input> in = new ArrayList<>();
      for (Input input : inputs) {
        if (input.time() >= end - windows.length()
            && input.time() < end
            && input.arrived() < end + windows.lateness()) {
          in.add(input);
        }
      }
      double value = naive(windows, windows.aggregate(), in);
      if (in.size() >= windows.leastSamples() && !Double.isNaN(value)) {
        said.add(new Said(Level.OK, end, value));
      }
    }
    return said;
  }

  private static double naive(Windows windows, Aggregate aggregate, List<Input> in) {
    if (in.isEmpty()) {
      return Double.NaN;
    }
    double[] sorted = in.stream().mapToDouble(Input::value).sorted().toArray();
    double sum = in.stream().mapToDouble(Input::value).sum();
    double mean = sum / in.size();
    Comparator<Input> byTime = Comparator.comparingLong(Input::time);
    return switch (aggregate) {
      case COUNT -> in.size();
      case RATE -> in.size() / (windows.length() / 1e9);
      case SUM -> sum;
      case MEAN -> mean;
      case MIN -> sorted[0];
      case MAX -> sorted[sorted.length - 1];
      case SPREAD -> sorted[sorted.length - 1] - sorted[0];
      case FIRST -> in.stream().min(byTime).orElseThrow().value();
      case LAST -> in.stream().max(byTime).orElseThrow().value();
      case STDDEV ->
          in.size() < 2
              ? Double.NaN
              : Math.sqrt(
                  in.stream().mapToDouble(i -> Math.pow(i.value() - mean, 2)).sum()
                      / (in.size() - 1));
      case MEDIAN -> quantile(sorted, 0.5);
      case P5 -> quantile(sorted, 0.05);
      case P10 -> quantile(sorted, 0.1);
      case P25 -> quantile(sorted, 0.25);
      case P75 -> quantile(sorted, 0.75);
      case P90 -> quantile(sorted, 0.9);
      case P95 -> quantile(sorted, 0.95);
      case P99 -> quantile(sorted, 0.99);
      case P999 -> quantile(sorted, 0.999);
      case DISTINCT -> in.stream().mapToDouble(Input::value).distinct().count();
    };
  }

  private static double quantile(double[] sorted, double quantile) {
    double rank = quantile * (sorted.length - 1);
    int below = (int) rank;
    int above = Math.min(below + 1, sorted.length - 1);
    return sorted[below] + (sorted[above] - sorted[below]) * (rank - below);
  }

  @Test
  void windowsEqualANaiveRecomputationHoweverTicksFall() {
    for (int seed = 0; seed < 150; seed++) {
      Random random = new Random(seed);
      Windows windows = windows(random);
      List<Input> inputs = inputs(random);
      List<Said> expected = naive(windows, inputs);
      for (double share : new double[] {0, 0.2, 1}) {
        List<Said> said =
            Heard.run(evaluator(windows), inputs, new Ticks(random, share, END), e -> e);

        assertThat(said).as("seed %d, %s", seed, windows).hasSameSizeAs(expected);
        for (int i = 0; i < said.size(); i++) {
          assertThat(said.get(i).sourceTime()).isEqualTo(expected.get(i).sourceTime());
          assertThat(said.get(i).value())
              .as("seed %d, %s, window %d", seed, windows, i)
              .isCloseTo(expected.get(i).value(), within(1e-6));
        }
      }
    }
  }

  @Test
  void stateThatWasEncodedGoesOnAsTheOneThatWasNot() {
    for (int seed = 0; seed < 80; seed++) {
      Windows windows = windows(new Random(seed));
      List<Input> inputs = inputs(new Random(seed + 1000));
      UnaryOperator<Evaluator> reborn =
          before -> {
            ByteWriter out = new ByteWriter();
            before.encode(out);
            return new WindowEvaluator(
                measure(windows), frame(windows), new ByteReader(out.toBytes()));
          };

      assertThat(
              Heard.run(evaluator(windows), inputs, new Ticks(new Random(seed), 0.3, END), reborn))
          .as("seed %d, %s", seed, windows)
          .isEqualTo(
              Heard.run(evaluator(windows), inputs, new Ticks(new Random(seed), 0.3, END), e -> e));
    }
  }

  @Test
  void eachRowThatMissesAWindowIsCounted() {
    Windows windows = new Windows(10 * SECOND, 10 * SECOND, 0, 1, Aggregate.COUNT);
    Evaluator evaluator = evaluator(windows);
    Heard heard = new Heard(() -> evaluator);
    evaluator.row(Heard.row(new Input(5 * SECOND, 5 * SECOND, 1)), heard);
    evaluator.row(Heard.row(new Input(6 * SECOND, 10 * SECOND, 1)), heard);
    evaluator.tick(20 * SECOND, heard);
    evaluator.row(Heard.row(new Input(7 * SECOND, 20 * SECOND, 1)), heard);

    assertThat(heard.late).isEqualTo(2);
    assertThat(heard.said).extracting(Said::value).containsExactly(1.0);
  }
}
