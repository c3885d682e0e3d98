package io.modelvane.alerting.outbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.modelvane.alerting.rule.Policy;
import io.modelvane.spi.Level;
import io.modelvane.spi.Notification;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OutboxStopTest {
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
  void stoppingInAnAttemptLeavesItToTheNextStart() throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    rig.slack.timeout = Duration.ofSeconds(60);
    rig.slack.then(
        notification -> {
          rig.slack.arrived.add(notification);
          begun.countDown();
          new CountDownLatch(1).await();
          throw new AssertionError("unreachable");
        });
    rig.rules.put("tell", RuleMaker.all("slack"));
    rig.start();
    rig.happen(Level.CRIT);
    begun.await();
    Thread.currentThread().interrupt();
    try {
      rig.outbox.stop();
    } catch (InterruptedException asAsked) {
      assertThat(Thread.currentThread().isInterrupted()).isFalse();
    }
    OutboxRig.soon().until(() -> rig.slack.atOnce.get() == 0);
    rig.start();
    rig.settled();
    assertThat(rig.slack.arrived)
        .extracting(Notification::possibleRepeat)
        .containsExactly(false, true);
  }

  @Test
  void stoppingInAnAttemptKeepsWhatIsKnownOfTheOthers() throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    rig.slack.dropsRepeats = true;
    rig.slack.timeout = Duration.ofSeconds(60);
    rig.slack.then(rig.slack::arrive);
    rig.slack.then(
        notification -> {
          begun.countDown();
          new CountDownLatch(1).await();
          throw new AssertionError("unreachable");
        });
    rig.rules.put("tell", RuleMaker.all("slack"));
    rig.start();
    var now = rig.context.clock().instant();
    var changes = List.of("a", "b", "c").stream().map(m -> new Story(m).to(Level.CRIT, now));
    var all = changes.toList();
    rig.context
        .state()
        .transact(
            connection -> {
              rig.outbox.apply(connection, all, List.of(), now);
              return true;
            });
    rig.outbox.committed();
    begun.await();
    Thread.currentThread().interrupt();
    assertThatThrownBy(rig.outbox::stop).isInstanceOf(InterruptedException.class);
    assertThat(rig.states("slack"))
        .containsExactly("OPENED SENT", "OPENED ATTEMPTING", "OPENED DUE");
  }

  @Test
  void stoppingTwiceAndWithoutAStartIsHarmless() throws Exception {
    rig.rules.put("tell", RuleMaker.all("slack"));
    rig.outbox = Outbox.create(Policy.of(rig.rules), rig.context, Optional.empty(), OutboxRig.LINK);
    rig.outbox.stop();
    rig.outbox.start();
    rig.outbox.stop();
    rig.outbox.stop();
    rig.outbox.start();
    rig.happen(Level.CRIT);
    rig.settled();
    assertThat(rig.slack.arrived).hasSize(1);
  }
}
