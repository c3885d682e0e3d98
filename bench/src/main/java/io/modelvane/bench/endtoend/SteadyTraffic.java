package io.modelvane.bench.endtoend;

import io.modelvane.bench.endtoend.Calls.Reach;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * Sends calls at a steady rate. Each carries the time at which it was due: when the producer is
 * held up, it catches up, and the delay counts.
 */
final class SteadyTraffic implements AutoCloseable {
  private static final long TURN_NANOS = 1_000_000;

  private final KafkaProducer<byte[], byte[]> producer;
  private final Calls breaches = new Calls(1);
  private final Thread thread;
  private final AtomicLong sent = new AtomicLong();
  private volatile boolean over;
  private int breached;

  SteadyTraffic(String brokers, int rate) {
    this.producer = Topic.producer(brokers, "lz4", 0);
    this.thread = new Thread(() -> send(rate), "traffic");
    this.thread.setDaemon(true);
    this.thread.start();
  }

  private void send(int rate) {
    Calls calls = new Calls(200);
    Instant began = Instant.now();
    long start = System.nanoTime();
    long number = 0;
    while (!over) {
      long due = (System.nanoTime() - start) / 1_000 * rate / 1_000_000;
      for (; number < due; number++) {
        send(calls.at(began.plusNanos(number * 1_000_000_000L / rate)));
      }
      LockSupport.parkNanos(TURN_NANOS);
    }
  }

  private void send(byte[] call) {
    sent.incrementAndGet();
    var unused = producer.send(new ProducerRecord<>(Topic.USUAL.title(), call));
  }

  /** Sends the first, harmless, call of so many models: those that are to breach next. */
  void introduce(int count) {
    Instant now = Instant.now();
    for (int i = 0; i < count; i++) {
      send(breaches.breach(BreachReceiver.FIRST_MODEL + breached + i, Reach.NONE, now));
    }
    producer.flush();
  }

  /**
   * Sends breaches of so many models that have had none yet, at one time.
   *
   * @param reach how many thresholds each of them reaches
   */
  void breach(BreachReceiver receiver, int count, Reach reach) {
    Instant now = Instant.now();
    for (int i = 0; i < count; i++) {
      int model = BreachReceiver.FIRST_MODEL + breached++;
      receiver.expect("credit_card_" + model, now);
      send(breaches.breach(model, reach, now));
    }
    producer.flush();
  }

  /** Ends it; returns how many calls were sent. */
  long stop() throws InterruptedException {
    over = true;
    thread.join();
    producer.flush();
    return sent.get();
  }

  @Override
  public void close() {
    try {
      var unused = stop();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
    producer.close();
  }
}
