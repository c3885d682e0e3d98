package io.modelvane.alerting.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.modelvane.alerting.incident.IncidentChange;
import io.modelvane.alerting.rule.EndpointOptions;
import io.modelvane.alerting.rule.GroupOptions;
import io.modelvane.alerting.rule.LimitOptions;
import io.modelvane.alerting.rule.Policy;
import io.modelvane.alerting.rule.RuleOptions;
import io.modelvane.alerting.rule.Rules;
import io.modelvane.alerting.sql.Sql;
import io.modelvane.engine.state.StateDatabase;
import io.modelvane.spi.Level;
import io.modelvane.spi.Notification;
import io.modelvane.testkit.TestContext;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Everything breaks at once, and one channel is told of it. */
class FloodTest {
  private static final int INCIDENTS = 3_000;
  private static final int MOST_TOGETHER = 500;

  @TempDir Path folder;
  private final LedgerNotifier slack = new LedgerNotifier();

  private static Policy policy() {
    LimitOptions onePerSecond = new LimitOptions(1, Duration.ofSeconds(1));
    return new Policy(
        new Rules(Map.of("tell", RuleMaker.all("slack"))),
        List.of(),
        List.of(),
        Map.of("slack", new EndpointOptions(Optional.empty(), Optional.of(onePerSecond))));
  }

  private static Stream<String> toldOf(Notification notification) {
    return notification.members().isEmpty()
        ? Stream.of(notification.incident().id())
        : notification.members().stream().map(member -> member.incident().id());
  }

  @Test
  void threeThousandCriticalIncidentsAreAFewMessagesThatNameAllOfThemAlsoAfterARestart()
      throws Exception {
    try (StateDatabase database = new StateDatabase(folder.resolve("state.db"));
        TestContext context =
            TestContext.named("alerting").state(database.store("sink_alerting")).build()) {
      Plant plant = new Plant(context, policy(), Map.of("slack", slack), new Random(1));
      plant.prepare();
      plant.boot();
      List<String> opened = new ArrayList<>();
      Instant now = context.clock().instant();
      context
          .state()
          .<Boolean>transact(
              connection -> {
                for (int i = 0; i < INCIDENTS; i++) {
                  var change = new Story("model-" + i).to(Level.CRIT, now);
                  opened.add(change.incident().id());
                  plant.step(connection, change, now);
                }
                return true;
              });
      var unused = plant.turn("slack");
      plant.boot(); // with most of it unsent
      plant.finish();

      assertThat(slack.arrived.stream().flatMap(FloodTest::toldOf))
          .containsExactlyInAnyOrderElementsOf(opened);
      assertThat(slack.arrived).hasSizeLessThanOrEqualTo(INCIDENTS / MOST_TOGETHER + 2);
      // What had been taken may have been sent, for all the new process knows.
      assertThat(slack.arrived.get(0).possibleRepeat()).isFalse();
      assertThat(slack.arrived).anyMatch(Notification::possibleRepeat);
    }
  }

  @Test
  void manyThatOpenTogetherMoveTheirGroupOnce() throws Exception {
    GroupOptions group = new GroupOptions(List.of(), Duration.ofSeconds(10), Duration.ofMinutes(5));
    RuleOptions rule = RuleMaker.grouped(RuleMaker.all("slack"), group);
    try (StateDatabase database = new StateDatabase(folder.resolve("state.db"));
        TestContext context =
            TestContext.named("alerting").state(database.store("sink_alerting")).build()) {
      Policy policy = Policy.of(Map.of("tell", rule));
      Plant plant = new Plant(context, policy, Map.of("slack", slack), new Random(1));
      plant.prepare();
      plant.boot();
      Instant now = context.clock().instant();
      List<IncidentChange> changes =
          IntStream.range(0, INCIDENTS)
              .mapToObj(i -> new Story("model-" + i).to(Level.CRIT, now))
              .toList();
      context
          .state()
          .<Boolean>transact(
              connection -> {
                plant.steps(connection, changes, now);
                return true;
              });

      // Its opening, and one step for all others: each would else read and write all of them.
      String rows = "SELECT COUNT(*) FROM " + context.state().table("outbox");
      long planned = context.state().read(connection -> count(connection, rows));
      assertThat(planned).isEqualTo(2);
      plant.finish();
      assertThat(slack.arrived).hasSize(1);
      assertThat(slack.arrived.get(0).members()).hasSize(INCIDENTS);
    }
  }

  private static long count(Connection connection, String query) throws SQLException {
    return Sql.of(query).first(connection, row -> row.getLong(1)).orElseThrow();
  }
}
