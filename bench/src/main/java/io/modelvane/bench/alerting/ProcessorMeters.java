package io.modelvane.bench.alerting;

import io.modelvane.spi.Meters;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.DoubleSupplier;

/**
 * Counts what a thread has used of the processor until it records a time, since it recorded one
 * last, instead of that time. So what waits, for the disk or because other programs want the
 * processor as well, does not count.
 */
final class ProcessorMeters implements Meters {
  private final ThreadMXBean threads = ManagementFactory.getThreadMXBean();
  private final Map<String, LongAdder> used = new ConcurrentHashMap<>();
  private final Map<Thread, Long> until = new ConcurrentHashMap<>();

  /** What led to the times of all names but one. */
  Duration usedBut(String timer) {
    long nanos = 0;
    for (Map.Entry<String, LongAdder> each : used.entrySet()) {
      nanos += each.getKey().equals(timer) ? 0 : each.getValue().sum();
    }
    return Duration.ofNanos(nanos);
  }

  private LongAdder sum(String timer) {
    return used.computeIfAbsent(timer, name -> new LongAdder());
  }

  @Override
  public Timer timer(String name, String description, Map<String, String> tags) {
    LongAdder sum = sum(name);
    return time -> {
      long now = threads.getCurrentThreadCpuTime();
      Long before = until.put(Thread.currentThread(), now);
      sum.add(before == null ? now : now - before);
    };
  }

  @Override
  public Counter counter(String name, String description, Map<String, String> tags) {
    return amount -> {};
  }

  @Override
  public void gauge(
      String name, String description, Map<String, String> tags, DoubleSupplier value) {}
}
