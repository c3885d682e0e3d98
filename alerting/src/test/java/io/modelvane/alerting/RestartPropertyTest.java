package io.modelvane.alerting;

import static org.assertj.core.api.Assertions.assertThat;

import io.modelvane.alerting.outbox.Post;
import io.modelvane.alerting.outbox.Story;
import io.modelvane.alerting.response.Response.Remark;
import io.modelvane.alerting.silence.Matchers;
import io.modelvane.alerting.silence.Silence;
import io.modelvane.spi.Level;
import io.modelvane.spi.Notification;
import io.modelvane.testkit.TestClock;
import io.modelvane.testkit.TestContext;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever happens, and wherever the process ends, the same notifications arrive. */
class RestartPropertyTest {
  private static final int MOVES = 80;
  private static final Instant BEGIN = Instant.parse("2026-03-28T20:00:00Z");
  private static final String CONFIGURATION =
      """
      sinks:
        alerting:
          type: alerting
          checks:
            risky: { type: threshold, field: risk_score, levels: { crit: "> 0.9" } }
          rules:
            page:
              when: { to: crit }
              notify: [oncall]
              escalate: [ { after: 20m, notify: [lead] }, { after: 1h, notify: [boss] } ]
            tell:
              notify: [team]
              repeat_every: 30m
              repeat: { factor: 2, up_to: 2h, at_most: 4 }
              routes:
                office:
                  where: { model: "=~ [ab]" }
                  active_hours: { from: 06:00, to: 23:30, zone: Europe/Berlin }
            often: { when: { from: ok, count: 2, within: 2h }, notify: [mail], group: { by: [check] } }
          maintenance:
            night: { from: 01:00, to: 03:30, zone: Europe/Berlin, where: { model: c } }
          inhibit:
            first: { source: { where: { model: a } }, target: { where: { model: d } } }
          endpoints:
            team: { limit: { at_most: 3, per: 10m }, fallback: mail }
      """;

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6})
  void aRestartChangesNothing(long seed) throws Exception {
    Path file = Files.writeString(folder.resolve("modelvane.yaml"), CONFIGURATION);
    AlertingOptions options = Configured.options(CasesTest.resource("/rule-pipelines.yaml"), file);
    List<String> undisturbed = run(options, seed, Set.of());
    assertThat(undisturbed).hasSizeGreaterThan(10);
    Random random = new Random(seed);
    for (int i = 0; i < 4; i++) {
      Set<Integer> restarts = new TreeSet<>();
      for (int n = 0; n <= i * 5; n++) {
        restarts.add(random.nextInt(MOVES));
      }
      assertThat(run(options, seed, restarts))
          .as("restarted at %s", restarts)
          .isEqualTo(undisturbed);
    }
  }

  private static List<String> run(AlertingOptions options, long seed, Set<Integer> restarts)
      throws Exception {
    try (MemoryStore store = new MemoryStore();
        TestContext context =
            TestContext.named("alerting").clock(TestClock.at(BEGIN)).state(store).build()) {
      Post post = new Post(context, options.policy());
      post.start();
      Walk walk = new Walk(post, context, new Random(seed));
      for (int move = 0; move < MOVES; move++) {
        walk.move();
        if (restarts.contains(move)) {
          post.restart();
          var unused = post.settle();
        }
      }
      return post.sent().stream().map(RestartPropertyTest::shown).toList();
    }
  }

  private static String shown(Post.Sent sent) {
    Notification told = sent.notification();
    return "%s %s %s %s %s %s %s %d"
        .formatted(
            sent.at(),
            sent.endpoint(),
            told.id(),
            told.incident().id(),
            told.step(),
            told.incident().level(),
            told.rule(),
            told.members().size());
  }

  /** What happens, by chance. */
  private static final class Walk {
    private static final List<Level> LEVELS = List.of(Level.OK, Level.WARN, Level.CRIT);
    private static final Remark ADA = new Remark("ada", "");

    private final Post post;
    private final TestContext context;
    private final Random random;
    private final List<Story> stories =
        List.of(new Story("a"), new Story("b"), new Story("c"), new Story("d"));
    private final List<String> silences = new ArrayList<>();

    Walk(Post post, TestContext context, Random random) {
      this.post = post;
      this.context = context;
      this.random = random;
    }

    void move() throws Exception {
      Story story = stories.get(random.nextInt(stories.size()));
      Level level = LEVELS.get(random.nextInt(LEVELS.size()));
      Duration time = Duration.ofMinutes(1 + random.nextInt(40));
      Instant now = context.clock().instant();
      int dice = random.nextInt(12);
      if (dice < 5 && level != story.level()) {
        story.happen(level, post, context);
      } else if (dice < 8) {
        post.passUntil(now.plus(time));
      } else if (dice == 8) {
        String model = story.incident().substring(0, 1);
        Matchers matchers = Matchers.parse(Map.of("model", model));
        silences.add(
            post.silences()
                .create(new Silence.Draft(matchers, now, now.plus(time), "ada", ""))
                .id());
      } else if (dice == 9 && !silences.isEmpty()) {
        var unused = post.silences().end(silences.get(random.nextInt(silences.size())), "bob");
      } else if (dice == 10) {
        var unused = post.acknowledgements().acknowledge(story.incident(), ADA);
      } else if (dice == 11) {
        var unused = post.acknowledgements().snooze(story.incident(), now.plus(time), ADA);
      }
      var unused = post.settle();
    }
  }
}
