package io.modelvane.spi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class ComponentExceptionTest {
  @ParameterizedTest
  @EnumSource(names = {"RETRYABLE", "MISCONFIGURED", "FATAL"})
  void becomesAnOutcomeOfItsKind(Outcome.Kind kind) {
    Outcome outcome = new ComponentException(kind, "no bucket").toOutcome();
    assertThat(outcome.kind()).isEqualTo(kind);
    assertThat(outcome.reason()).isEqualTo("no bucket");
  }

  @Test
  void aPauseThatTheOtherSideAskedForIsKept() {
    ComponentException throttled =
        ComponentException.throttled(Duration.ofSeconds(7), "too many requests");
    assertThat(throttled.kind()).isEqualTo(Outcome.Kind.THROTTLED);
    assertThat(throttled.toOutcome())
        .isEqualTo(new Outcome.Throttled(Duration.ofSeconds(7), "too many requests"));
  }

  static Stream<Outcome> failures() {
    return Stream.of(
        new Outcome.Retryable("away"),
        new Outcome.Throttled(Duration.ofSeconds(7), "too many requests"),
        new Outcome.Misconfigured("no bucket"),
        new Outcome.Fatal("gone"));
  }

  @ParameterizedTest
  @MethodSource("failures")
  void anAnswerThatIsAFailureComesBackFromItsException(Outcome failure) {
    assertThat(ComponentException.of(failure).toOutcome()).isEqualTo(failure);
  }

  @ParameterizedTest
  @EnumSource(names = {"DONE", "REJECTED", "THROTTLED"})
  void kindsThatAreNoFailureOrSayTooLittleAreRefused(Outcome.Kind kind) {
    assertThatIllegalArgumentException().isThrownBy(() -> new ComponentException(kind, "?"));
  }
}
