package io.modelvane.cli;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.LoggingEvent;
import ch.qos.logback.core.spi.FilterReply;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class KafkaRepeatsTest {
  private static final String NETWORK = "org.apache.kafka.clients.NetworkClient";
  private static final String AWAY =
      "[Consumer clientId=c] Connection to node -1 (/127.0.0.1:9092) could not be established.";

  private final LoggerContext context = new LoggerContext();
  private final KafkaRepeats repeats = new KafkaRepeats();
  private Instant now = Instant.parse("2026-01-31T12:00:00Z");

  private boolean passes(String logger, String line) {
    LoggingEvent event = new LoggingEvent();
    event.setLoggerContext(context);
    event.setLoggerName(logger);
    event.setLevel(Level.WARN);
    event.setMessage(line);
    event.setTimeStamp(now.toEpochMilli());
    return repeats.decide(event) != FilterReply.DENY;
  }

  @Test
  void theSameLineComesOnceAndAsAReminder() {
    assertThat(passes(NETWORK, AWAY)).isTrue();
    for (int i = 0; i < 599; i++) {
      now = now.plusSeconds(1);
      assertThat(passes(NETWORK, AWAY)).isFalse();
    }
    now = now.plusSeconds(1);
    assertThat(passes(NETWORK, AWAY)).isTrue();
    assertThat(passes(NETWORK, AWAY)).isFalse();
  }

  @Test
  void whatIsNewComesAtOnce() {
    assertThat(passes(NETWORK, AWAY)).isTrue();
    assertThat(passes(NETWORK, AWAY.replace("-1", "2"))).isTrue();
    assertThat(passes(NETWORK, "Error while fetching metadata with correlation id 7 : {a=X}"))
        .isTrue();
    assertThat(passes(NETWORK, "Error while fetching metadata with correlation id 8 : {a=X}"))
        .isFalse();
    assertThat(passes(NETWORK, "Error while fetching metadata with correlation id 9 : {a=Y}"))
        .isTrue();
  }

  @Test
  void othersRepeatThemselvesAsTheyLike() {
    assertThat(passes("io.modelvane.engine", AWAY)).isTrue();
    assertThat(passes("io.modelvane.engine", AWAY)).isTrue();
  }

  @Test
  void aClockThatIsSetBackSilencesNothing() {
    assertThat(passes(NETWORK, AWAY)).isTrue();
    now = now.minus(Duration.ofDays(1));
    assertThat(passes(NETWORK, AWAY)).isTrue();
  }

  @Test
  void manyDifferentLinesTakeBoundedMemory() {
    assertThat(passes(NETWORK, AWAY)).isTrue();
    for (int i = 0; i < 200; i++) {
      assertThat(passes(NETWORK, "line " + i)).isTrue();
    }
    assertThat(passes(NETWORK, AWAY)).as("forgotten").isTrue();
  }
}
