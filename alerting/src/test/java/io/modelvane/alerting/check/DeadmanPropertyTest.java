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
      check(new Silence(AFTER, Long.MAX_VALUE / 4, Level.CRIT));
  private static final long FORGET = 100 * SECOND;
  private static final DeadmanCheck FORGETFUL = check(new Silence(AFTER, FORGET, Level.CRIT));

  private static DeadmanCheck check(Silence silence) {
    return new DeadmanCheck(
        "silence",
        new Selection(Optional.empty(), Map.of(), Optional.empty()),
        Optional.empty(),
        silence,
        List.of());
  }

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

  private static List<Said> naive(List<Input> inputs) {
    return naive(inputs, Long.MAX_VALUE);
  }

  /** Falls silent, and speaks again or is forgotten, in order. */
  private static List<Said> naive(List<Input> inputs, long forgetAfter) {
    List<Said> said = new ArrayList<>();
    long[] arrivals = inputs.stream().mapToLong(Input::arrived).sorted().toArray();
    for (int i = 0; i < arrivals.length; i++) {
      long next = i + 1 < arrivals.length ? arrivals[i + 1] : END;
      if (next - arrivals[i] > AFTER) {
        said.add(new Said(Level.CRIT, arrivals[i] + AFTER, Double.NaN));
        if (next - arrivals[i] > forgetAfter) {
          said.add(new Said(Level.OK, arrivals[i] + forgetAfter, Double.NaN));
        } else if (i + 1 < arrivals.length) {
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
  void whoIsSilentForTooLongIsForgottenHoweverRowsAndTicksInterleave() {
    int forgotten = 0;
    for (int seed = 0; seed < 800; seed++) {
      Random random = new Random(seed);
      List<Input> inputs = inputs(random);
      List<Said> expected = naive(inputs, FORGET);
      forgotten += expected.size() > 2 && inputs.size() < 9 ? 1 : 0;
      for (double share : new double[] {0, 0.3, 1}) {
        Ticks ticks = new Ticks(random, share, END);
        List<Said> said =
            Heard.run(forgetful(), inputs, ticks, e -> e.isRetired() ? forgetful() : e);

        assertThat(changes(said)).as("seed %d, ticks %s", seed, share).isEqualTo(expected);
      }
    }
    assertThat(forgotten).as("streams with wide gaps").isGreaterThan(50);
  }

  private static Evaluator forgetful() {
    return FORGETFUL.create(Heard.SERIES);
  }

  @Test
  void rowFarAheadDoesNotEndASilenceThatIsForgottenBefore() {
    Evaluator evaluator = forgetful();
    Heard heard = new Heard(() -> evaluator);
    evaluator.row(Heard.row(new Input(0, 0, 1)), heard);
    evaluator.row(Heard.row(new Input(500 * SECOND, 500 * SECOND, 1)), heard);
    evaluator.tick(30 * SECOND, heard);

    assertThat(changes(heard.said))
        .containsExactly(
            new Said(Level.CRIT, AFTER, Double.NaN), new Said(Level.OK, FORGET, Double.NaN));
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
