package io.modelvane.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class FrontTest {
  private final Front front = new Front();

  @Test
  void knowsNothingAtFirst() {
    front.place(5);
    front.end(7, 1_000);

    assertThat(front.complete()).isEqualTo(Front.UNKNOWN);
  }

  @Test
  void isCompleteUntilTheTimeOfAskingWhenTheEndIsReached() {
    front.place(5);
    front.end(5, 1_000);

    assertThat(front.complete()).isEqualTo(1_000);
  }

  @Test
  void passingAnEndThatWasKnownCompletesTheTimeOfAskingWhateverTheTimestampsSay() {
    front.place(5);
    front.end(7, 1_000);
    front.pass(6, 9_999, 2_000);
    assertThat(front.complete()).isEqualTo(Front.UNKNOWN);

    front.pass(7, 9_999, 3_000);

    assertThat(front.complete()).isEqualTo(1_000);
  }

  @Test
  void laterAnswersDoNotPutOffWhatAnEarlierOneWillComplete() {
    front.place(0);
    front.end(10, 1_000);
    front.end(20, 2_000);

    front.pass(10, -1, 3_000);

    assertThat(front.complete()).isEqualTo(1_000);
  }

  @Test
  void timestampsMoveItInABacklog() {
    front.place(0);
    front.end(100, 50_000);

    front.pass(1, 10_000, 60_000);
    front.pass(2, 9_000, 60_000);

    assertThat(front.complete()).isEqualTo(10_000);
  }

  @Test
  void timestampAfterTheTimeAtWhichTheMessageWasThereIsNotBelieved() {
    front.place(0);
    front.end(100, 50_000);

    front.pass(1, 55_000, 60_000);

    assertThat(front.complete()).isEqualTo(Front.UNKNOWN);
  }

  @Test
  void timestampOfTheFutureIsNotBelieved() {
    front.place(0);

    front.pass(1, 60_001, 60_000);

    assertThat(front.complete()).isEqualTo(Front.UNKNOWN);
  }
}
