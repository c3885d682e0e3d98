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
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Random checks with everything that damps them: neither ticks nor restarts change a verdict. */
class DampingPropertyTest {
  private static final long END = 5_000 * SECOND;
  private static final Level[] ABSENT = {Level.OK, Level.UNKNOWN, Level.WARN, Level.CRIT};
  private static final Selection ALL = new Selection(Optional.empty(), Map.of(), Optional.empty());

  private static List<Input> inputs(Random random) {
    long[] time = {1_000 * SECOND};
    return Heard.inputs(
        random,
        150,
        () -> {
          time[0] += random.nextInt(25) == 0 ? random.nextInt(300) * SECOND : SECOND;
          long late = random.nextInt(10) == 0 ? random.nextInt(20) * SECOND : 0;
          return new Input(time[0], time[0] + late, random.nextInt(100));
        });
  }

  private static Ladder ladder(Random random) {
    int of = 1 + random.nextInt(4);
    return new Ladder(
        Map.of(Level.CRIT, Condition.parse("> 80"), Level.WARN, Condition.parse("> 55")),
        random.nextBoolean() ? Map.of(Level.CRIT, Condition.parse("< 60")) : Map.of(),
        new Damping(
            random.nextInt(3) * 5L * SECOND,
            random.nextInt(3) * 9L * SECOND,
            new Requirement(1 + random.nextInt(of), of),
            random.nextBoolean()
                ? Grace.NONE
                : new Grace(
                    random.nextInt(3) * 20L * SECOND, Optional.empty(), random.nextBoolean())));
  }

  private static Frame frame(Random random, Ladder ladder) {
    long every = (3L + random.nextInt(10)) * SECOND;
    long length = every * (1 + random.nextInt(3));
    Windows windows =
        new Windows(length, every, 4L * random.nextInt(3) * SECOND, 1, Aggregate.MEAN);
    long after = every + random.nextInt(60) * SECOND;
    return new Frame(
        windows,
        ladder,
        random.nextBoolean()
            ? Optional.of(new Absence(ABSENT[random.nextInt(ABSENT.length)], after))
            : Optional.empty(),
        0);
  }

  private static Check check(Random random) {
    Ladder ladder = ladder(random);
    Frame frame = frame(random, ladder);
    Optional<io.modelvane.spi.FieldKey> field = Optional.of(Heard.FIELD);
    return switch (random.nextInt(7)) {
      case 0 ->
          new ThresholdCheck(
              "calls",
              ALL,
              field.map(FieldMeasure::new),
              new Judgement(ladder, Optional.empty(), Optional.empty(), Evaluator.NEVER));
      case 1 ->
          new ThresholdCheck(
              "windows",
              ALL,
              field.map(FieldMeasure::new),
              new Judgement(ladder, Optional.of(frame), Optional.empty(), Evaluator.NEVER));
      case 2 ->
          new RatioCheck(
              "ratio",
              ALL,
              new Match(field, Optional.of(Condition.parse("> 40")), Map.of()),
              Optional.of(WilsonScore.of(0.7)),
              new Frame(frame.windows(), shares(ladder), frame.absence(), 0));
      case 3 -> quorum(frame);
      case 4 -> expression("score > 80", "score > 55", Optional.empty(), ladder.damping());
      case 5 ->
          expression("max(score) > 80", "mean(score) > 55", Optional.of(frame), ladder.damping());
      default ->
          new ChangeCheck(
              "change",
              ALL,
              field,
              ChangeUnit.PERCENT,
              frame.windows().length() * (1 + random.nextInt(3)),
              frame);
    };
  }

  private static Check quorum(Frame frame) {
    Quorums quorums =
        new Quorums(
            new Quorum(2),
            Map.of(Level.CRIT, Condition.parse("> 80"), Level.WARN, Condition.parse("> 55")),
            Map.of(Level.CRIT, Condition.parse("< 70")));
    Ladder ladder = quorums.ladder(frame.ladder().damping());
    Frame own = new Frame(frame.windows(), ladder, frame.absence(), 0);
    return new ThresholdCheck(
        "quorum",
        ALL,
        Optional.of(new FieldMeasure(Heard.FIELD)),
        new Judgement(ladder, Optional.of(own), Optional.of(quorums), Evaluator.NEVER));
  }

  private static Check expression(
      String crit, String warn, Optional<Frame> frame, Damping damping) {
    ExpressionReader reader = new ExpressionReader(frame.isPresent(), false);
    Map<Level, Expression> levels =
        Map.of(Level.CRIT, reader.condition(crit), Level.WARN, reader.condition(warn));
    Formula formula = new Formula(reader.variables(), Optional.empty(), levels, Map.of());
    Ladder ladder = formula.ladder(damping);
    return new ExpressionCheck(
        "expression",
        ALL,
        formula,
        new Judgement(
            ladder,
            frame.map(f -> new Frame(f.windows(), ladder, f.absence(), 0)),
            Optional.empty(),
            Evaluator.NEVER),
        Fallback.KEEP);
  }

  private static Ladder shares(Ladder ladder) {
    return new Ladder(
        Map.of(Level.CRIT, Condition.parse("> 0.8"), Level.WARN, Condition.parse("> 0.4")),
        Map.of(),
        ladder.damping());
  }

  private static Evaluator again(Check check, Evaluator evaluator) {
    ByteWriter out = new ByteWriter();
    evaluator.encode(out);
    return evaluator.isFresh()
        ? check.create(Heard.SERIES)
        : check.decode(Heard.SERIES, new ByteReader(out.toBytes()));
  }

  /** Of calls, what changes something: those that wait for the end of a level are not told of. */
  private static List<Said> said(Check check, List<Said> all) {
    if (!(check.create(Heard.SERIES) instanceof CallEvaluator)) {
      return all;
    }
    List<Said> changes = new ArrayList<>();
    Level level = Level.OK;
    for (Said each : all) {
      if (each.level() != level) {
        changes.add(each);
        level = each.level();
      }
    }
    return changes;
  }

  @Test
  void neitherTicksNorRestartsChangeVerdicts() {
    int bad = 0;
    for (int seed = 0; seed < 400; seed++) {
      Check check = check(new Random(seed));
      List<Input> inputs = inputs(new Random(seed + 1000));
      List<Said> once =
          Heard.run(check.create(Heard.SERIES), inputs, new Ticks(new Random(), 0, END), e -> e);
      for (double share : new double[] {0.2, 1}) {
        Ticks ticks = new Ticks(new Random(seed), share, END);

        List<Said> ticked =
            Heard.run(check.create(Heard.SERIES), inputs, ticks, e -> again(check, e));
        assertThat(said(check, ticked)).as("seed %d, %s", seed, check).isEqualTo(said(check, once));
      }
      bad += once.stream().anyMatch(said -> said.level() == Level.CRIT) ? 1 : 0;
    }
    assertThat(bad).as("checks that fired").isGreaterThan(150);
  }
}
