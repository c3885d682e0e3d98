package io.modelvane.cli;

import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * Lets the heap grow once there is work. The launcher begins with a small young generation, which
 * is all that a process at rest needs; the serial collector, which the launcher asks for, resizes
 * it only when it collects everything, and by itself would do so late. It looks at a counter and is
 * not told of each collection: the first few notifications alone take a tenth of a second.
 */
final class HeapGrowth {
  private static final String YOUNG = "Copy"; // what the serial collector calls it
  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(100);
  private static final int COLLECTIONS = 3;

  private final LongSupplier collections;
  private long before;

  HeapGrowth(LongSupplier collections) {
    this.collections = collections;
    this.before = collections.getAsLong();
  }

  /** Watches this process; does nothing where another collector was asked for. */
  static void watch() {
    for (GarbageCollectorMXBean collector : ManagementFactory.getGarbageCollectorMXBeans()) {
      if (collector.getName().equals(YOUNG)) {
        HeapGrowth growth = new HeapGrowth(collector::getCollectionCount);
        Thread thread = new Thread(growth::awaitWork, "heap-growth");
        thread.setDaemon(true);
        thread.start();
      }
    }
  }

  private void awaitWork() {
    try {
      do {
        Thread.sleep(BETWEEN_LOOKS.toMillis());
      } while (!isThereWork());
      System.gc();
    } catch (InterruptedException ended) {
      Thread.currentThread().interrupt();
    }
  }

  /** Whether there were several collections since the last look; at rest they are seconds apart. */
  boolean isThereWork() {
    long now = collections.getAsLong();
    boolean several = now - before >= COLLECTIONS;
    before = now;
    return several;
  }
}
