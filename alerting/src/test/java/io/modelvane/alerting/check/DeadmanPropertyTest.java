package io.modelvane.alerting.check;

import static io.modelvane.alerting.check.Heard.SECOND;
import static org.assertj.core.api.Assertions.assertThat;

import io.modelvane.alerting.check.Heard.Input;
import io.modelvane.alerting.check.Heard.Said;
import io.modelvane.alerting.check.Heard.Ticks;
import io.modelvane.spi.Level;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** Random arrivals, read in any order, against the gaps between them when sorted. */
class DeadmanPropertyTest {
  private static final long AFTER = 20 * SECOND;
  private static final long END = 1_500 * SECOND;
  private static final DeadmanCheck CHECK =
      new DeadmanCheck(
          "silence",
          new Selection(Optional.empty(), Map.of(), Optional.empty()),
          Optional.empty(),
          new Silence(AFTER, Long.MAX_VALUE / 4, Level.CRIT),
          List.of());

  private static List<Input> inputs(Random random) {
    int count = 1 + random.nextInt(60);
    return Heard.inputs(
        random,
        count,
        () -> {
          long arrived = 1_000 * SECOND + random.nextInt(400) * SECOND;
          return new Input(arrived, arrived, 1);
        });
  }

  /** Falls silent and speaks again, in order. */
  private static List<Said> naive(List<Input> inputs) {
    List<Said> said = new ArrayList<>();
    long[] arrivals = inputs.stream().mapToLong(Input::arrived).sorted().toArray();
    for (int i = 0; i < arrivals.length; i++) {
      long next = i + 1 < arrivals.length ? arrivals[i + 1] : END;
      if (next - arrivals[i] > AFTER) {
        said.add(new Said(Level.CRIT, arrivals[i] + AFTER, Double.NaN));
        if (i + 1 < arrivals.length) {
          said.add(new Said(Level.OK, next, Double.NaN));
        }
      }
    }
    return said;
  }

  /** Without the verdicts that changed nothing. */
  private static List<Said> changes(List<Said> said) {
    List<Said> changes = new ArrayList<>();
    Level level = Level.OK;
    for (Said one : said) {
      if (one.level() != level) {
        changes.add(one);
        level = one.level();
      }
    }
    return changes;
  }

  @Test
  void silenceIsTheGapsHoweverRowsAndTicksInterleave() {
    for (int seed = 0; seed < 800; seed++) {
      Random random = new Random(seed);
      List<Input> inputs = inputs(random);
      for (double share : new double[] {0, 0.3, 1}) {
        List<Said> said =
            Heard.run(CHECK.create(Heard.SERIES), inputs, new Ticks(random, share, END), e -> e);

        List<Said> changes = changes(said);
        List<Said> expected = naive(inputs);
        assertThat(changes).as("seed %d", seed).hasSameSizeAs(expected);
        for (int i = 0; i < expected.size(); i++) {
          assertThat(changes.get(i).level()).isEqualTo(expected.get(i).level());
          if (expected.get(i).level() == Level.CRIT) {
            assertThat(changes.get(i)).as("seed %d", seed).isEqualTo(expected.get(i));
          } else {
            // The row that is read first ends silence; another partition may hold an earlier one.
            assertThat(changes.get(i).sourceTime())
                .isGreaterThanOrEqualTo(expected.get(i).sourceTime());
          }
        }
      }
    }
  }

  @Test
  void stateThatWasEncodedGoesOnAsTheOneThatWasNot() {
    UnaryOperator<Evaluator> reborn =
        before -> {
          StateWriter out = new StateWriter();
          before.encode(out);
          return CHECK.decode(Heard.SERIES, new StateReader(out.toBytes()));
        };
    for (int seed = 0; seed < 200; seed++) {
      List<Input> inputs = inputs(new Random(seed));

      assertThat(
              Heard.run(
                  CHECK.create(Heard.SERIES),
                  inputs,
                  new Ticks(new Random(seed), 0.3, END),
                  reborn))
          .as("seed %d", seed)
          .isEqualTo(
              Heard.run(
                  CHECK.create(Heard.SERIES),
                  inputs,
                  new Ticks(new Random(seed), 0.3, END),
                  e -> e));
    }
  }
}
