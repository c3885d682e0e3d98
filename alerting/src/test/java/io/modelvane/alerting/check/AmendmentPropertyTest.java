package io.modelvane.alerting.check;

import static io.modelvane.alerting.check.Heard.SECOND;
import static org.assertj.core.api.Assertions.assertThat;

import io.modelvane.alerting.check.Heard.Input;
import io.modelvane.alerting.check.Heard.Said;
import io.modelvane.alerting.codec.ByteReader;
import io.modelvane.alerting.codec.ByteWriter;
import io.modelvane.spi.Level;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/**
 * Random late rows: once all is in, the verdicts stand as if no row that could still amend them had
 * been late, however rows and ticks interleave and wherever a restart comes.
 */
class AmendmentPropertyTest {
  private static final long END = 5_000 * SECOND;
  private static final Damping[] DAMPINGS = {
    Damping.NONE,
    new Damping(0, 0, new Requirement(2, 3), Grace.NONE),
    new Damping(20 * SECOND, 0, Requirement.NONE, Grace.NONE),
    new Damping(0, 25 * SECOND, Requirement.NONE, Grace.NONE)
  };

  private static Frame frame(Random random, boolean amended) {
    long every = (5L + random.nextInt(10)) * SECOND;
    long length = every * (1 + random.nextInt(3));
    long lateness = 2L * random.nextInt(3) * SECOND;
    long amend = every * (2 + random.nextInt(8)) + random.nextInt(9) * SECOND;
    Ladder ladder =
        new Ladder(
            Map.of(Level.CRIT, Condition.parse("> 60"), Level.WARN, Condition.parse("> 50")),
            random.nextBoolean() ? Map.of(Level.CRIT, Condition.parse("< 55")) : Map.of(),
            DAMPINGS[random.nextInt(DAMPINGS.length)]);
    Windows windows =
        new Windows(
            length,
            every,
            amended ? lateness : lateness + amend,
            1 + random.nextInt(2),
            Aggregate.MEAN);
    return new Frame(windows, ladder, Optional.empty(), amended ? amend : 0);
  }

  private static Evaluator evaluator(Frame frame) {
    return new WindowEvaluator(measure(frame), frame);
  }

  private static Measure measure(Frame frame) {
    return new AggregateMeasure(Optional.of(Heard.FIELD), frame.windows());
  }

  private static List<Input> inputs(Random random) {
    long[] arrived = {1_000 * SECOND};
    return Heard.inputs(
        random,
        100,
        () -> {
          arrived[0] += (1 + random.nextInt(4)) * SECOND;
          long late = random.nextInt(4) == 0 ? random.nextInt(90) * SECOND : SECOND;
          return new Input(arrived[0] - late, arrived[0], random.nextInt(100));
        });
  }

  /** The last verdict on each window. */
  private static final class Last implements Verdicts {
    final Map<Long, Level> levels = new TreeMap<>();
    final List<Said> said = new ArrayList<>();
    Evaluator evaluator;
    int amended;

    Last(Evaluator evaluator) {
      this.evaluator = evaluator;
    }

    @Override
    public void judged(Level previous, long sourceTime, long known) {
      put(evaluator.level(), evaluator.finding(), sourceTime);
    }

    @Override
    public void amended(Level level, Finding finding, long sourceTime) {
      amended++;
      put(level, finding, sourceTime);
    }

    private void put(Level level, Finding finding, long sourceTime) {
      levels.put(sourceTime, level);
      said.add(new Said(level, sourceTime, finding.value().orElse(Double.NaN)));
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
    public void late() {}
  }

  private static Last run(
      Evaluator first, List<Input> inputs, Heard.Ticks ticks, UnaryOperator<Evaluator> reborn) {
    Last last = new Last(first);
    long told = Long.MIN_VALUE;
    for (int i = 0; i < inputs.size(); i++) {
      long complete =
          inputs.subList(i, inputs.size()).stream().mapToLong(Input::arrived).min().orElseThrow();
      if (ticks.random().nextDouble() < ticks.share() && complete > told) {
        told = complete;
        last.evaluator.tick(told, last);
        last.evaluator = reborn.apply(last.evaluator);
      }
      last.evaluator.row(Heard.row(inputs.get(i)), last);
      last.evaluator = reborn.apply(last.evaluator);
    }
    last.evaluator.tick(ticks.end(), last);
    return last;
  }

  /**
   * Levels that only time has ended are no verdicts on a window, and one that is well is not told
   * of when it was empty before.
   */
  private static Map<Long, Level> ofWindows(Map<Long, Level> levels, Frame frame) {
    Map<Long, Level> kept = new TreeMap<>(levels);
    kept.keySet().removeIf(end -> end % frame.windows().every() != 0);
    kept.values().removeIf(level -> level == Level.OK);
    return kept;
  }

  @Test
  void verdictsStandAsIfNothingHadBeenLate() {
    int amended = 0;
    for (int seed = 0; seed < 400; seed++) {
      List<Input> inputs = inputs(new Random(seed));
      Frame frame = frame(new Random(seed), true);
      Frame patient = frame(new Random(seed), false);
      Heard.Ticks ticks = new Heard.Ticks(new Random(seed), 0.5, END);

      Last found = run(evaluator(frame), inputs, ticks, e -> e);
      Last expected = run(evaluator(patient), inputs, ticks, e -> e);

      assertThat(ofWindows(found.levels, frame))
          .as("seed %d, %s", seed, frame)
          .isEqualTo(ofWindows(expected.levels, patient));
      amended += found.amended;
    }
    assertThat(amended).as("verdicts that were amended").isGreaterThan(200);
  }

  @Test
  void neitherTicksNorRestartsChangeWhatIsSaid() {
    for (int seed = 0; seed < 300; seed++) {
      List<Input> inputs = inputs(new Random(seed));
      Frame frame = frame(new Random(seed), true);
      List<Said> once =
          run(evaluator(frame), inputs, new Heard.Ticks(new Random(), 0, END), e -> e).said;
      for (double share : new double[] {0.3, 1}) {
        Heard.Ticks ticks = new Heard.Ticks(new Random(seed), share, END);

        assertThat(run(evaluator(frame), inputs, ticks, e -> again(frame, e)).said)
            .as("seed %d, %s", seed, frame)
            .isEqualTo(once);
      }
    }
  }

  private static Evaluator again(Frame frame, Evaluator evaluator) {
    if (evaluator.isFresh()) {
      return evaluator(frame);
    }
    ByteWriter out = new ByteWriter();
    evaluator.encode(out);
    return new WindowEvaluator(measure(frame), frame, new ByteReader(out.toBytes()));
  }

  @Test
  void nothingIsKeptOnceNothingCanBeAmended() {
    Frame frame = frame(new Random(1), true);
    Evaluator evaluator = evaluator(frame);
    Last last = new Last(evaluator);
    for (int i = 0; i < 1_000; i++) {
      long time = (1_000L + i) * SECOND;
      evaluator.row(Heard.row(new Input(time, time, 1)), last);
      evaluator.tick(time, last);
    }
    evaluator.tick(END, last);

    assertThat(evaluator.isFresh()).isTrue();
    assertThat(evaluator.wakeAt()).isEqualTo(Evaluator.NEVER);
  }
}
