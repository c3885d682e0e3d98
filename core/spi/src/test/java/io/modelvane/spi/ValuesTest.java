package io.modelvane.spi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Random;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ValuesTest {
  @ParameterizedTest
  @CsvSource({"4096,4096", "512KiB,524288", "4MiB,4194304", "1GB,1000000000", "2 KB,2000", "7B,7"})
  void readsSizes(String text, long bytes) {
    assertThat(DataSize.parse(text).bytes()).isEqualTo(bytes);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "4 TiB", "-1", "four", "1.5MiB", "999999999999999GiB"})
  void refusesWhatIsNoSize(String text) {
    assertThatIllegalArgumentException().isThrownBy(() -> DataSize.parse(text));
  }

  @Test
  void aSecretDoesNotShowItself() {
    Secret secret = Secret.of("hunter2");
    assertThat(secret).hasToString("****").isEqualTo(Secret.of("hunter2"));
    assertThat(secret).isNotEqualTo(Secret.of("hunter3"));
    assertThat(List.of(secret).toString()).doesNotContain("hunter");
  }

  @Test
  void backOffGrowsToItsCapAndIsFullyJittered() {
    RetryPolicy policy =
        new RetryPolicy(Duration.ofMillis(100), Duration.ofSeconds(2), Duration.ofSeconds(60));
    Outcome failure = new Outcome.Retryable("down");
    Random random = new Random(1);
    for (int failures = 1; failures <= 40; failures++) {
      long ceiling = Math.min(100L << Math.min(failures - 1, 30), 2_000L);
      for (int i = 0; i < 50; i++) {
        assertThat(policy.delay(failures, failure, random))
            .isBetween(Duration.ZERO, Duration.ofMillis(ceiling));
      }
    }
    long longest = 0;
    for (int i = 0; i < 50; i++) {
      longest = Math.max(longest, policy.delay(20, failure, random).toMillis());
    }
    assertThat(longest).isGreaterThan(1_000);
  }

  @Test
  void theOtherSidesPauseWinsUpToTheCap() {
    RetryPolicy policy = RetryPolicy.DEFAULT;
    Random random = new Random(1);
    assertThat(policy.delay(1, new Outcome.Throttled(Duration.ofSeconds(7), "busy"), random))
        .isEqualTo(Duration.ofSeconds(7));
    assertThat(policy.delay(1, new Outcome.Throttled(Duration.ofDays(1), "busy"), random))
        .isEqualTo(policy.maximumThrottle());
  }

  @Test
  @SuppressWarnings("NullAway") // what a plugin may do that is not checked for null
  void nullIsRefusedInWordsThatNameWhatIsMissing() {
    String none = null;
    Outcome done = Outcome.DONE;
    OptionalInt code = OptionalInt.empty();
    assertRefused("an outcome needs a reason", () -> new Outcome.Retryable(none));
    assertRefused("an outcome needs a reason", () -> new Outcome.Misconfigured(none));
    assertRefused("an outcome needs a reason", () -> new Outcome.Fatal(none));
    assertRefused("an outcome needs a reason", () -> new Outcome.Throttled(Duration.ZERO, none));
    assertRefused("a throttled outcome needs a pause", () -> new Outcome.Throttled(null, ""));
    assertRefused("a rejected row needs a reason", () -> Outcome.Rejected.of(none));
    assertRefused("a rejection needs its rows", () -> new Outcome.Rejected(null));
    assertRefused("a rejected event needs a reason", () -> new EventRejection(0, none));
    assertRefused("health needs a state", () -> new Health(null, ""));
    assertRefused("health needs a reason", () -> new Health(Health.State.UP, none));
    assertRefused("needs an outcome", () -> new Delivery(null, code, "", Map.of()));
    assertRefused("needs a statusCode", () -> new Delivery(done, null, "", Map.of()));
    assertRefused("needs an answer", () -> new Delivery(done, code, none, Map.of()));
    assertRefused("needs a receipt", () -> new Delivery(done, code, "", null));
    assertRefused("needs a body", () -> ApiResponse.json(200, none));
    assertRefused("needs headers", () -> new ApiResponse(200, null, ""));
  }

  private static void assertRefused(String words, ThrowingCallable made) {
    assertThatNullPointerException().isThrownBy(made).withMessageContaining(words);
  }

  @Test
  void unknownStandsBetweenInfoAndWarn() {
    assertThat(Level.UNKNOWN.worseThan(Level.INFO)).isTrue();
    assertThat(Level.WARN.worseThan(Level.UNKNOWN)).isTrue();
    assertThat(Level.CRIT.text()).isEqualTo("crit");
  }

  @Test
  void anAnswerOfTheApiKeepsItsHeadersAndRefusesWhatIsNoStatus() {
    ApiResponse created = ApiResponse.json(201, "{}").with("Location", "/x").with("Allow", "GET");
    assertThat(created.headers()).containsEntry("Location", "/x").containsEntry("Allow", "GET");
    assertThat(ApiResponse.done().status()).isEqualTo(204);
    assertThatIllegalArgumentException().isThrownBy(() -> ApiResponse.json(99, "{}"));
    assertThatIllegalArgumentException().isThrownBy(() -> ApiResponse.problem(200, "fine"));
  }

  @Test
  void aTestMessageSaysSoAndKeepsItsKeyButNotItsId() {
    Instant now = Instant.parse("2026-03-01T12:00:00Z");
    Notification first = Notification.test("on-call", now);
    Notification second = Notification.test("on-call", now.plusSeconds(1));
    assertThat(first.status().message())
        .contains("test of the endpoint on-call", "Nothing is wrong");
    assertThat(first.incident().level()).isEqualTo(Level.INFO);
    assertThat(first.incident().key()).matches("[0-9a-f]{1,64}").isEqualTo(second.incident().key());
    assertThat(first.id()).isNotEqualTo(second.id());
    assertThat(Notification.test("x".repeat(64), now).incident().key()).hasSize(64);
  }
}
