package io.modelvane.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.modelvane.spi.ApiRequest;
import io.modelvane.spi.ApiResponse;
import io.modelvane.spi.Health;
import io.modelvane.spi.NotifierRef;
import io.modelvane.spi.SinkRef;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class TestContextTest {
  @Test
  void time_stands_still_until_it_is_moved() {
    try (TestContext context = TestContext.named("a").build()) {
      assertThat(context.clock().instant()).isEqualTo(Samples.NOW);
      context.clock().advance(Duration.ofMinutes(5));
      assertThat(context.clock().instant()).isEqualTo(Samples.NOW.plusSeconds(300));
    }
  }

  @Test
  void a_clock_that_reaches_an_instant_never_goes_back() {
    TestClock clock = TestClock.at(Samples.NOW);
    clock.reach(Samples.NOW.minusSeconds(1));
    assertThat(clock.instant()).isEqualTo(Samples.NOW);
    clock.reach(Samples.NOW.plusSeconds(1));
    assertThat(clock.instant()).isEqualTo(Samples.NOW.plusSeconds(1));
  }

  @Test
  void a_data_folder_that_was_given_stays(@TempDir Path given) {
    try (TestContext context = TestContext.named("a").dataFolder(given).build()) {
      assertThat(context.dataFolder()).isEqualTo(given);
    }
    assertThat(given).exists();
  }

  @Test
  void what_was_not_given_is_asked_for_by_name() {
    try (TestContext context = TestContext.named("a").build()) {
      assertThatThrownBy(context::state).hasMessageContaining("'a' asks for state");
      assertThatThrownBy(() -> context.sink(new SinkRef("influx")))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("no option of 'a' names sink 'influx'");
      assertThatThrownBy(() -> context.notifier(new NotifierRef("oncall")))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("notifier 'oncall'");
    }
  }

  @Test
  void what_a_component_says_is_kept() {
    try (TestContext context = TestContext.named("a").secret("s3cret").build()) {
      context.logger().log(System.Logger.Level.WARNING, "{0} of {1} and s3cret", 1, 2);
      context.health(new Health(Health.State.DOWN, "no"));
      context.meters().counter("sent", "Sent.", Map.of("kind", "x")).add(2);
      context.meters().gauge("age_seconds", "Age.", Map.of(), () -> 7);
      assertThat(context.log()).containsExactly("WARNING 1 of 2 and s3cret");
      assertThat(context.lastHealth().reason()).isEqualTo("no");
      assertThat(context.recordedMeters().count("sent", Map.of("kind", "x"))).isEqualTo(2);
      assertThat(context.recordedMeters().countOfAll("sent")).isEqualTo(2);
      assertThat(context.recordedMeters().gauge("age_seconds", Map.of())).isEqualTo(7);
      assertThat(context.redact("the s3cret")).isEqualTo("the ****");
    }
  }

  @Test
  void closing_removes_the_data_folder_and_ends_the_threads() throws Exception {
    Leaks leaks = Leaks.since(name -> false);
    Path folder;
    try (TestContext context = TestContext.named("a").build()) {
      folder = context.dataFolder();
      Files.writeString(Files.createDirectory(folder.resolve("b")).resolve("c"), "d");
      CountDownLatch running = new CountDownLatch(1);
      context.executor().execute(running::countDown);
      running.await();
    }
    assertThat(folder).doesNotExist();
    leaks.assertNone();
  }

  @Test
  void a_thread_or_socket_that_stays_is_named() throws Exception {
    Leaks leaks = Leaks.since(name -> false);
    CountDownLatch end = new CountDownLatch(1);
    Thread thread = new Thread(() -> awaitQuietly(end), "left behind");
    thread.start();
    try {
      assertThatThrownBy(() -> leaks.assertNoneWithin(Duration.ofMillis(300)))
          .hasMessageContaining("thread left behind");
    } finally {
      end.countDown();
      thread.join();
    }
  }

  private static void awaitQuietly(CountDownLatch end) {
    try {
      end.await();
    } catch (InterruptedException ending) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void what_a_component_serves_can_be_asked() throws Exception {
    ApiRequest request = new ApiRequest("GET", List.of("7"), Map.of("limit", "1"), "", "here");
    try (TestContext context = TestContext.named("a").build()) {
      context.serve("things", asked -> ApiResponse.json(200, asked.path() + " " + asked.query()));
      assertThat(context.served()).containsExactly("things");
      assertThat(context.ask("things", request).body()).isEqualTo("[7] {limit=1}");
      assertThatThrownBy(() -> context.ask("other", request))
          .hasMessageContaining("'a' does not serve 'other', only [things]");
      assertThatThrownBy(() -> context.serve("two/parts", asked -> ApiResponse.done()))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }
}
