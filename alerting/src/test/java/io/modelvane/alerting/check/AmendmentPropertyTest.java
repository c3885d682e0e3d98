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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

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
    new Damping(0, 25 * SECOND + SECOND / 2, Requirement.NONE, Grace.NONE) // no window's end
  };

  private static Frame frame(Kind kind, Random random, boolean amended) {
    long every = (5L + random.nextInt(10)) * SECOND;
    long length = every * (1 + random.nextInt(3));
    long lateness = 2L * random.nextInt(3) * SECOND;
    long amend = every * (2 + random.nextInt(8)) + random.nextInt(9) * SECOND;
    Ladder ladder = kind.ladder(random);
    Windows windows =
        new Windows(
            length,
            every,
            amended ? lateness : lateness + amend,
            1 + random.nextInt(2),
            Aggregate.MEAN);
    return new Frame(windows, ladder, Optional.empty(), amended ? amend : 0);
  }

  /** What is asked of the windows: their mean, or how far it is from that of a window before. */
  private enum Kind {
    MEAN,
    CHANGE;

    Measure measure(Frame frame) {
      long distance = frame.windows().length() + 2 * frame.windows().every();
      return switch (this) {
        case MEAN -> new AggregateMeasure(Optional.of(Heard.FIELD), frame.windows());
        case CHANGE ->
            new ChangeMeasure(
                new ChangeCheck(
                    "change",
                    new Selection(Optional.empty(), Map.of(), Optional.empty()),
                    Optional.of(Heard.FIELD),
                    ChangeUnit.ABSOLUTE,
                    distance,
                    frame));
      };
    }

    Evaluator evaluator(Frame frame) {
      return new WindowEvaluator(measure(frame), frame);
    }

    Ladder ladder(Random random) {
      boolean mean = this == MEAN;
      return new Ladder(
          Map.of(
              Level.CRIT,
              Condition.parse(mean ? "> 60" : "> 25"),
              Level.WARN,
              Condition.parse(mean ? "> 50" : "> 10")),
          random.nextBoolean()
              ? Map.of(Level.CRIT, Condition.parse(mean ? "< 55" : "< 20"))
              : Map.of(),
          DAMPINGS[random.nextInt(DAMPINGS.length)]);
    }
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

  @ParameterizedTest
  @EnumSource(Kind.class)
  void verdictsStandAsIfNothingHadBeenLate(Kind kind) {
    int amended = 0;
    for (int seed = 0; seed < 400; seed++) {
      List<Input> inputs = inputs(new Random(seed));
      Frame frame = frame(kind, new Random(seed), true);
      Frame patient = frame(kind, new Random(seed), false);
      Heard.Ticks ticks = new Heard.Ticks(new Random(seed), 0.5, END);

      Last found = run(kind.evaluator(frame), inputs, ticks, e -> e);
      Last expected = run(kind.evaluator(patient), inputs, ticks, e -> e);

      assertThat(ofWindows(found.levels, frame))
          .as("seed %d, %s", seed, frame)
          .isEqualTo(ofWindows(expected.levels, patient));
      amended += found.amended;
    }
    assertThat(amended).as("verdicts that were amended").isGreaterThan(200);
  }

  @ParameterizedTest
  @EnumSource(Kind.class)
  void neitherTicksNorRestartsChangeWhatIsSaid(Kind kind) {
    for (int seed = 0; seed < 300; seed++) {
      List<Input> inputs = inputs(new Random(seed));
      Frame frame = frame(kind, new Random(seed), true);
      List<Said> once =
          run(kind.evaluator(frame), inputs, new Heard.Ticks(new Random(), 0, END), e -> e).said;
      for (double share : new double[] {0.3, 1}) {
        Heard.Ticks ticks = new Heard.Ticks(new Random(seed), share, END);

        assertThat(run(kind.evaluator(frame), inputs, ticks, e -> again(kind, frame, e)).said)
            .as("seed %d, %s", seed, frame)
            .isEqualTo(once);
      }
    }
  }

  private static Evaluator again(Kind kind, Frame frame, Evaluator evaluator) {
    if (evaluator.isFresh()) {
      return kind.evaluator(frame);
    }
    ByteWriter out = new ByteWriter();
    evaluator.encode(out);
    return new WindowEvaluator(kind.measure(frame), frame, new ByteReader(out.toBytes()));
  }

  @ParameterizedTest
  @EnumSource(Kind.class)
  void nothingIsKeptOnceNothingCanBeAmended(Kind kind) {
    Frame frame = frame(kind, new Random(1), true);
    Evaluator evaluator = kind.evaluator(frame);
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
