package io.modelvane.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class AccountingTest {
  private static final TrafficCounts PRODUCED = new TrafficCounts(Map.of("a", 60L, "b", 40L), 3, 0);

  @Test
  void everythingInItsPlaceIsNoProblem() {
    Accounting accounting = new Accounting(PRODUCED, 100, 100, 3);

    assertThat(accounting.problems()).isEmpty();
    assertThat(accounting.words())
        .isEqualTo("103 produced = 100 stored + 3 dead-lettered; 0 stored twice");
  }

  @Test
  void lostCallIsNamed() {
    assertThat(new Accounting(PRODUCED, 99, 99, 3).problems())
        .containsExactly("100 calls produced but 99 stored");
  }

  @Test
  void lostDeadLetterDoesNotHideBehindACallTooMany() {
    assertThat(new Accounting(PRODUCED, 101, 101, 2).problems()).hasSize(2);
  }

  @Test
  void callStoredTwiceIsNamed() {
    assertThat(new Accounting(PRODUCED, 101, 100, 3).problems())
        .containsExactly("101 rows for 100 calls");
  }

  @Test
  void messageThatKafkaDidNotTakeIsNamed() {
    TrafficCounts produced = new TrafficCounts(Map.of("a", 100L), 3, 2);

    assertThat(new Accounting(produced, 100, 100, 3).problems())
        .containsExactly("Kafka did not take 2 messages");
  }
}
