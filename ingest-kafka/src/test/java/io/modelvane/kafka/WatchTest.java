package io.modelvane.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.common.TopicPartition;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** With brokers that accept connections and say nothing, and a time that stands still. */
class WatchTest {
  private final AtomicLong nanos = new AtomicLong();
  private ServerSocket silent;
  private Brokers brokers;
  private Watch watch;

  @BeforeEach
  void open() throws Exception {
    silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    brokers =
        Brokers.open(
            Wanted.from("127.0.0.1:" + silent.getLocalPort()).options().connection(), "watch");
    watch = new Watch(brokers, Clock.systemUTC(), nanos::get);
  }

  @AfterEach
  void close() throws IOException {
    brokers.close();
    silent.close();
  }

  private void pass(Duration time) {
    var unused = nanos.addAndGet(time.toNanos());
  }

  private void ask() {
    watch.ask(List.of(new TopicPartition("calls", 0)), List.of("calls"));
  }

  @Test
  void nobodyIsSilentWhoWasNotAsked() {
    pass(Duration.ofMinutes(1));

    assertThat(watch.silence()).isZero();
  }

  /** As after a drain of a minute, during which nobody polls and nobody asks. */
  @Test
  void questionThatWasJustAskedIsNotCalledSilence() {
    pass(Duration.ofMinutes(1));
    ask();

    assertThat(watch.silence()).isZero();
  }

  @Test
  void silenceIsCountedFromTheQuestion() {
    pass(Duration.ofMinutes(1));
    ask();
    pass(Duration.ofSeconds(7));
    ask(); // asks nothing while a question is open

    assertThat(watch.silence()).isEqualTo(Duration.ofSeconds(7));
  }

  @Test
  void questionThatIsGivenUpEndsNoSilence() {
    ask();
    pass(Duration.ofSeconds(3));
    ask();
    pass(Duration.ofSeconds(7));
    brokers.close(); // which gives up what is open, as a timeout does

    Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> watch.takeEnds() != null);
    Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> watch.takeTopics() != null);
    assertThat(watch.silence()).isEqualTo(Duration.ofSeconds(10));
  }
}
