package io.modelvane.alerting.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.modelvane.alerting.rule.LevelChoice;
import io.modelvane.spi.IncidentStep;
import io.modelvane.spi.Level;
import io.modelvane.spi.Notification;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OutboxRemindersTest {
  @TempDir Path folder;
  private OutboxRig rig;

  @BeforeEach
  void open() {
    rig = new OutboxRig(folder);
  }

  @AfterEach
  void close() throws Exception {
    rig.close();
  }

  @Test
  void remindersComeWhileTheIncidentLastsAndMissedOnesAreNotMadeUpFor() throws Exception {
    Duration hour = Duration.ofHours(1);
    rig.rules.put("page", RuleMaker.repeating(RuleMaker.to(LevelChoice.CRIT, "slack"), hour));
    rig.start();
    rig.happen(Level.CRIT);
    rig.settled();
    rig.context.clock().advance(hour.minusSeconds(20));
    rig.outbox.wake();
    rig.restedAt(1);
    rig.advancingUntil(Duration.ofSeconds(20), () -> rig.slack.arrived.size() == 2);
    rig.settled();
    rig.outbox.stop();
    rig.context.clock().advance(Duration.ofDays(1));
    rig.start();
    rig.outbox.wake();
    OutboxRig.soon().until(() -> rig.slack.arrived.size() == 3);
    rig.settled();
    rig.happen(Level.WARN);
    rig.context.clock().advance(hour.multipliedBy(3));
    rig.outbox.wake();
    rig.restedAt(3);
    rig.happen(Level.OK);
    rig.settled();
    assertThat(rig.slack.steps())
        .containsExactly(
            IncidentStep.OPENED,
            IncidentStep.REPEATED,
            IncidentStep.REPEATED,
            IncidentStep.RESOLVED);
    assertThat(rig.slack.arrived).extracting(Notification::id).doesNotHaveDuplicates();
  }

  @Test
  void twoRulesRemindAnEndpointOnce() throws Exception {
    Duration hour = Duration.ofHours(1);
    rig.rules.put("one", RuleMaker.repeating(RuleMaker.all("slack"), hour));
    rig.rules.put("two", RuleMaker.repeating(RuleMaker.all("slack"), hour));
    rig.start();
    rig.happen(Level.CRIT);
    rig.settled();
    rig.context.clock().advance(hour);
    rig.outbox.wake();
    OutboxRig.soon().until(() -> rig.slack.arrived.size() == 2);
    rig.settled();
    rig.restedAt(2);
  }

  @Test
  void aReminderTellsTheLatestStatus() throws Exception {
    rig.rules.put("one", RuleMaker.repeating(RuleMaker.all("slack"), Duration.ofHours(1)));
    rig.start();
    rig.happen(Level.CRIT);
    rig.settled();
    rig.context.clock().advance(Duration.ofHours(1));
    var later = rig.context.clock().instant();
    rig.context
        .state()
        .transact(
            connection -> {
              rig.outbox.apply(
                  connection, List.of(), List.of(rig.model.status(Level.CRIT, later)), later);
              return true;
            });
    rig.outbox.committed();
    rig.outbox.wake();
    OutboxRig.soon().until(() -> rig.slack.arrived.size() == 2);
    assertThat(rig.slack.arrived.get(1).status().time()).isEqualTo(later);
  }
}
