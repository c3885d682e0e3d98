package io.modelvane.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicInteger;
import javax.management.Notification;
import javax.management.NotificationBroadcasterSupport;
import javax.management.NotificationListener;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class HeapGrowthTest {
  private final AtomicInteger grown = new AtomicInteger();
  private final AtomicInteger told = new AtomicInteger();
  private final NotificationBroadcasterSupport young =
      new NotificationBroadcasterSupport() {
        @Override
        protected void handleNotification(
            NotificationListener listener, Notification notification, @Nullable Object handback) {
          told.incrementAndGet();
          super.handleNotification(listener, notification, handback);
        }
      };

  @BeforeEach
  void watch() {
    HeapGrowth.watch(young, grown::incrementAndGet);
  }

  private void collections(int count, int millisApart) {
    for (int i = 0; i < count; i++) {
      Notification collected = new Notification("collected", "young", i);
      collected.setTimeStamp(1_000_000 + (long) i * millisApart);
      young.sendNotification(collected);
    }
  }

  @Test
  void a_process_at_rest_stays_small() {
    collections(1_000, 60);
    assertThat(grown).hasValue(0);
  }

  @Test
  void it_grows_once_when_there_is_work_and_listens_no_more() {
    collections(1_000, 30);
    assertThat(grown).hasValue(1);
    assertThat(told).hasValue(5);
  }
}
