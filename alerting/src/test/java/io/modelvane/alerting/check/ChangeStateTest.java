package io.modelvane.alerting.check;

import static io.modelvane.alerting.check.Heard.SECOND;
import static org.assertj.core.api.Assertions.assertThat;

import io.modelvane.alerting.check.Heard.Input;
import io.modelvane.spi.Level;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ChangeStateTest {
  private static final Ladder LADDER =
      new Ladder(Map.of(Level.CRIT, Condition.parse("> 50")), Map.of(), Damping.NONE);
  private static final Windows MINUTES =
      new Windows(60 * SECOND, 60 * SECOND, 0, 1, Aggregate.MEAN);
  private static final ChangeCheck CHECK =
      new ChangeCheck(
          "change",
          new Selection(Optional.empty(), Map.of(), Optional.empty()),
          Optional.of(Heard.FIELD),
          ChangeUnit.PERCENT,
          600 * SECOND,
          new Frame(MINUTES, LADDER, Optional.empty(), 0));

  private final Evaluator evaluator = CHECK.create(Heard.SERIES);
  private final Heard heard = new Heard(() -> evaluator);

  @Test
  void valuesThatNoWindowCanBeComparedWithAreForgotten() {
    evaluator.row(Heard.row(new Input(5 * SECOND, 5 * SECOND, 1)), heard);
    evaluator.tick(659 * SECOND, heard);
    assertThat(evaluator.isFresh()).isFalse();

    evaluator.tick(660 * SECOND, heard);

    assertThat(evaluator.isFresh()).isTrue();
    assertThat(evaluator.wakeAt()).isEqualTo(Evaluator.NEVER);
  }

  @Test
  void lastWindowThatCanBeComparedIs() {
    evaluator.row(Heard.row(new Input(5 * SECOND, 5 * SECOND, 1)), heard);
    evaluator.row(Heard.row(new Input(605 * SECOND, 605 * SECOND, 3)), heard);
    evaluator.tick(660 * SECOND, heard);

    assertThat(heard.said).extracting(Heard.Said::value).containsExactly(200.0);
  }
}
