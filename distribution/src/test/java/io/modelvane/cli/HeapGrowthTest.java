package io.modelvane.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicInteger;
import javax.management.Notification;
import org.junit.jupiter.api.Test;

final class HeapGrowthTest {
  private final AtomicInteger grown = new AtomicInteger();
  private final HeapGrowth growth = new HeapGrowth(grown::incrementAndGet);

  private void collections(int count, int millisApart) {
    for (int i = 0; i < count; i++) {
      Notification collected = new Notification("collected", "young", i);
      collected.setTimeStamp(1_000_000 + (long) i * millisApart);
      growth.handleNotification(collected, null);
    }
  }

  @Test
  void a_process_at_rest_stays_small() {
    collections(1_000, 60);
    assertThat(grown).hasValue(0);
  }

  @Test
  void it_grows_once_when_there_is_work() {
    collections(1_000, 30);
    assertThat(grown).hasValue(1);
  }
}
