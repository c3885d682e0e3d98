package io.modelvane.alerting.check;

import static io.modelvane.alerting.check.Heard.SECOND;
import static org.assertj.core.api.Assertions.assertThat;

import io.modelvane.alerting.check.Heard.Input;
import io.modelvane.alerting.check.Heard.Said;
import io.modelvane.alerting.check.Heard.Ticks;
import io.modelvane.alerting.codec.ByteReader;
import io.modelvane.alerting.codec.ByteWriter;
import io.modelvane.spi.Level;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** Random arrivals of one partition, against the gaps between them. */
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
    List<Input> inputs = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      long arrived = 1_000 * SECOND + random.nextInt(400) * SECOND;
      inputs.add(new Input(arrived, arrived, 1));
    }
    inputs.sort(Comparator.comparingLong(Input::arrived));
    return inputs;
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

        assertThat(changes(said)).as("seed %d, ticks %s", seed, share).isEqualTo(naive(inputs));
      }
    }
  }

  @Test
  void rowsThatFillAGapBeforeItIsJudgedMayComeInAnyOrder() {
    for (int seed = 0; seed < 300; seed++) {
      Random random = new Random(seed);
      List<Input> inputs = new ArrayList<>(inputs(random));
      List<Said> expected = naive(inputs);
      Collections.shuffle(inputs, random);
      Input first = Collections.min(inputs, Comparator.comparingLong(Input::arrived));
      inputs.remove(first);
      inputs.add(0, first);

      assertThat(
              changes(
                  Heard.run(CHECK.create(Heard.SERIES), inputs, new Ticks(random, 0, END), e -> e)))
          .as("seed %d", seed)
          .isEqualTo(expected);
    }
  }

  @Test
  void stateThatWasEncodedGoesOnAsTheOneThatWasNot() {
    UnaryOperator<Evaluator> reborn =
        before -> {
          ByteWriter out = new ByteWriter();
          before.encode(out);
          return CHECK.decode(Heard.SERIES, new ByteReader(out.toBytes()));
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
