package io.modelvane.alerting.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.modelvane.alerting.rule.GroupOptions;
import io.modelvane.alerting.rule.LevelChoice;
import io.modelvane.alerting.sql.Sql;
import io.modelvane.spi.Health;
import io.modelvane.spi.IncidentStep;
import io.modelvane.spi.Level;
import io.modelvane.spi.Notification;
import io.modelvane.spi.Outcome;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OutboxTest {
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
  void anIncidentIsToldFromItsOpeningToItsEnd() throws Exception {
    rig.rules.put("tell", RuleMaker.all("slack"));
    rig.start();
    rig.happen(Level.WARN);
    rig.settled();
    rig.happen(Level.CRIT);
    rig.settled();
    rig.happen(Level.WARN);
    rig.settled();
    rig.happen(Level.OK);
    rig.settled();
    assertThat(rig.slack.steps())
        .containsExactly(
            IncidentStep.OPENED,
            IncidentStep.WORSENED,
            IncidentStep.IMPROVED,
            IncidentStep.RESOLVED);
    assertThat(rig.slack.arrived).extracting(Notification::id).doesNotHaveDuplicates();
    assertThat(rig.slack.arrived).noneMatch(Notification::possibleRepeat);
    assertThat(rig.slack.arrived).extracting(Notification::link).containsOnly(OutboxRig.LINK);
    assertThat(rig.slack.arrived.get(1).previous()).isEqualTo(Level.WARN);
    assertThat(rig.slack.arrived.get(3).incident().level()).isEqualTo(Level.OK);
    assertThat(rig.attempts("done")).isEqualTo(4);
    assertThat(
            rig.context.recordedMeters().durations("delivery_seconds", Map.of("endpoint", "slack")))
        .hasSize(4);
    assertThat(rig.context.lastHealth()).isEqualTo(Health.UP);
  }

  @Test
  void whatWasAnsweredBeforeIsGivenBack() throws Exception {
    rig.rules.put("tell", RuleMaker.all("slack"));
    rig.start();
    rig.happen(Level.CRIT);
    rig.settled();
    rig.restart();
    rig.happen(Level.OK);
    rig.settled();
    assertThat(rig.slack.arrived.get(0).receipt()).isEmpty();
    assertThat(rig.slack.arrived.get(1).receipt()).containsEntry("ts", "credit-1");
  }

  @Test
  void aResolveGoesToEverybodyWhoWasToldAndToNobodyElse() throws Exception {
    rig.rules.put("page", RuleMaker.to(LevelChoice.CRIT, "pager"));
    rig.rules.put("tell", RuleMaker.from(LevelChoice.OK, "slack"));
    rig.start();
    rig.happen(Level.WARN);
    rig.settled();
    rig.happen(Level.OK);
    rig.settled();
    assertThat(rig.pager.arrived).isEmpty();
    rig.happen(Level.CRIT);
    rig.settled();
    rig.happen(Level.OK);
    rig.settled();
    assertThat(rig.pager.steps()).containsExactly(IncidentStep.OPENED, IncidentStep.RESOLVED);
    assertThat(rig.pager.arrived.get(1).rule()).isEqualTo("page");
    assertThat(rig.slack.steps())
        .containsExactly(
            IncidentStep.OPENED, IncidentStep.RESOLVED, IncidentStep.OPENED, IncidentStep.RESOLVED);
  }

  @Test
  void whomNoRuleNamesAnyMoreHearsOfTheEndAndOfNothingElse() throws Exception {
    rig.rules.put("tell", RuleMaker.all("slack", "pager"));
    rig.start();
    rig.happen(Level.WARN);
    rig.settled();
    rig.outbox.stop();
    rig.rules.put("tell", RuleMaker.all("slack"));
    rig.start();
    rig.happen(Level.CRIT);
    rig.happen(Level.OK);
    rig.settled();
    rig.happen(Level.CRIT);
    rig.settled();
    assertThat(rig.pager.steps()).containsExactly(IncidentStep.OPENED, IncidentStep.RESOLVED);
    assertThat(rig.pager.arrived.get(1).receipt()).containsEntry("ts", "credit-1");
    assertThat(rig.slack.steps())
        .containsExactly(
            IncidentStep.OPENED, IncidentStep.WORSENED, IncidentStep.RESOLVED, IncidentStep.OPENED);
  }

  @Test
  void anEndThatWaitedIsSentToWhomNoRuleNamesAnyMore() throws Exception {
    rig.rules.put("tell", RuleMaker.all("slack", "pager"));
    rig.start();
    rig.happen(Level.WARN);
    rig.settled();
    rig.pager.then(new Outcome.Retryable("503"));
    rig.happen(Level.OK);
    OutboxRig.soon().until(() -> rig.pager.attempts.size() == 2);
    rig.outbox.stop();
    rig.rules.put("tell", RuleMaker.all("slack"));
    rig.start();
    rig.settled();
    assertThat(rig.pager.steps()).containsExactly(IncidentStep.OPENED, IncidentStep.RESOLVED);
  }

  @Test
  void whomNoRuleNamesAnyMoreHearsOfTheEndOfAGroupAndOfNothingElse() throws Exception {
    GroupOptions group = new GroupOptions(List.of(), Duration.ZERO, Duration.ofSeconds(1));
    Story other = new Story("fraud");
    rig.rules.put("tell", RuleMaker.grouped(RuleMaker.all("slack", "pager"), group));
    rig.start();
    rig.happen(Level.WARN);
    rig.advancingUntil(Duration.ofSeconds(1), () -> rig.pager.arrived.size() == 1);
    rig.settled();
    rig.outbox.stop();
    rig.rules.put("tell", RuleMaker.grouped(RuleMaker.all("slack"), group));
    rig.start();
    other.happen(Level.CRIT, rig.outbox, rig.context);
    rig.advancingUntil(Duration.ofSeconds(1), () -> rig.slack.arrived.size() == 2);
    rig.happen(Level.OK);
    other.happen(Level.OK, rig.outbox, rig.context);
    rig.advancingUntil(Duration.ofSeconds(1), () -> rig.pager.arrived.size() == 2);
    rig.settled();

    assertThat(rig.pager.steps()).containsExactly(IncidentStep.OPENED, IncidentStep.RESOLVED);
    assertThat(rig.pager.arrived.get(1).incident().id())
        .isEqualTo(rig.pager.arrived.get(0).incident().id());
    assertThat(rig.slack.steps()).startsWith(IncidentStep.OPENED).endsWith(IncidentStep.RESOLVED);
  }

  @Test
  void identityDoesNotDependOnNames() throws Exception {
    rig.rules.put("one", RuleMaker.all("slack", "pager"));
    rig.start();
    rig.happen(Level.CRIT);
    rig.settled();
    assertThat(rig.slack.arrived.get(0).id()).isEqualTo(rig.pager.arrived.get(0).id());
    rig.outbox.stop();
    rig.rules.clear();
    rig.rules.put("renamed", RuleMaker.to(LevelChoice.CRIT, "slack", "pager"));
    rig.start();
    rig.happen(Level.OK);
    rig.settled();
    assertThat(rig.slack.arrived.get(1).incident().key()).isEqualTo("key-credit");
    assertThat(rig.slack.steps()).containsExactly(IncidentStep.OPENED, IncidentStep.RESOLVED);
  }

  @Test
  void whatWaitsForAnEndpointThatNoRuleNamesIsCancelled() throws Exception {
    rig.slack.then(new Outcome.Throttled(OutboxRig.MINUTE, "429"));
    rig.rules.put("tell", RuleMaker.all("slack"));
    rig.start();
    rig.happen(Level.CRIT);
    OutboxRig.soon().until(() -> rig.slack.attempts.size() == 1);
    rig.outbox.stop();
    rig.rules.put("tell", RuleMaker.all("pager"));
    rig.start();
    assertThat(rig.states("slack")).containsExactly("OPENED CANCELLED");
    rig.happen(Level.OK);
    rig.settled();
    assertThat(rig.slack.arrived).isEmpty();
  }

  @Test
  void whatIsLongOverIsForgotten() throws Exception {
    rig.rules.put("tell", RuleMaker.all("slack"));
    rig.start();
    rig.happen(Level.CRIT);
    rig.happen(Level.OK);
    rig.settled();
    assertThat(rows()).isPositive();
    rig.context.clock().advance(Duration.ofDays(6));
    rig.outbox.wake();
    rig.restedAt(rig.slack.attempts.size());
    assertThat(rows()).isPositive();
    rig.advancingUntil(Duration.ofHours(12), () -> rows() == 0);
  }

  @Test
  void whatWaitsIsMeasured() throws Exception {
    rig.slack.then(new Outcome.Throttled(OutboxRig.MINUTE, "429"));
    rig.rules.put("tell", RuleMaker.all("slack"));
    rig.start();
    rig.happen(Level.CRIT);
    OutboxRig.soon().until(() -> rig.slack.attempts.size() == 1);
    new Story("other").happen(Level.CRIT, rig.outbox, rig.context);
    rig.context.clock().advance(Duration.ofSeconds(10));
    OutboxRig.soon()
        .until(
            () -> {
              rig.outbox.wake();
              return rig.context.recordedMeters().gauge("outbox_size", Map.of("endpoint", "slack"))
                  == 2;
            });
    assertThat(
            rig.context
                .recordedMeters()
                .gauge("outbox_oldest_seconds", Map.of("endpoint", "slack")))
        .isEqualTo(10);
  }

  @Test
  void aBurstGoesOutInOrder() throws Exception {
    rig.rules.put("tell", RuleMaker.all("slack"));
    rig.start();
    List<Story> stories = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      stories.add(new Story("m" + i));
    }
    var now = rig.context.clock().instant();
    var changes = stories.stream().map(story -> story.to(Level.CRIT, now)).toList();
    rig.context
        .state()
        .transact(
            connection -> {
              rig.outbox.apply(connection, changes, List.of(), now);
              return true;
            });
    rig.outbox.committed();
    OutboxRig.soon().until(() -> rig.slack.arrived.size() == 200);
    assertThat(rig.slack.arrived)
        .extracting(notification -> notification.incident().id())
        .containsExactlyElementsOf(stories.stream().map(Story::incident).toList());
  }

  private long rows() throws Exception {
    List<String> tables = List.of("outbox", "outbox_incidents", "outbox_told");
    return rig.context
        .state()
        .read(
            connection -> {
              long all = 0;
              for (String table : tables) {
                all +=
                    Sql.of("SELECT COUNT(*) FROM " + rig.context.state().table(table))
                        .first(connection, row -> row.getLong(1))
                        .orElseThrow();
              }
              return all;
            });
  }
}
