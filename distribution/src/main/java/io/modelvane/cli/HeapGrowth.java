package io.modelvane.cli;

import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import javax.management.ListenerNotFoundException;
import javax.management.Notification;
import javax.management.NotificationEmitter;
import javax.management.NotificationListener;
import org.jspecify.annotations.Nullable;

/**
 * Lets the heap grow once there is work. The launcher begins with a small young generation, which
 * is all that a process at rest needs; the serial collector, which the launcher asks for, resizes
 * it only when it collects everything, and by itself would do so late. It is told of each
 * collection of the young generation, by one thread at a time.
 */
final class HeapGrowth implements NotificationListener {
  private static final String YOUNG = "Copy"; // what the serial collector calls it
  private static final int COLLECTIONS = 5;
  private static final Duration WITHIN = Duration.ofMillis(200);

  private final NotificationEmitter young;
  private final Runnable grow;
  private long since;
  private int collections;

  private HeapGrowth(NotificationEmitter young, Runnable grow) {
    this.young = young;
    this.grow = grow;
  }

  /** Watches this process; does nothing where another collector was asked for. */
  static void watch() {
    for (GarbageCollectorMXBean collector : ManagementFactory.getGarbageCollectorMXBeans()) {
      if (collector.getName().equals(YOUNG) && collector instanceof NotificationEmitter emitter) {
        watch(emitter, System::gc);
      }
    }
  }

  /** Watches a collector until there is work, and no longer: being told costs time as well. */
  static void watch(NotificationEmitter young, Runnable grow) {
    young.addNotificationListener(new HeapGrowth(young, grow), null, null);
  }

  /** Several collections in a short time are work; those of a process at rest are seconds apart. */
  @Override
  public void handleNotification(Notification collected, @Nullable Object handback) {
    if (collected.getTimeStamp() - since > WITHIN.toMillis()) {
      since = collected.getTimeStamp();
      collections = 0;
    }
    collections++;
    if (collections >= COLLECTIONS) {
      stop();
      grow.run();
    }
  }

  private void stop() {
    try {
      young.removeNotificationListener(this);
    } catch (ListenerNotFoundException gone) {
      throw new IllegalStateException("was told by a collector that does not know it", gone);
    }
  }
}
