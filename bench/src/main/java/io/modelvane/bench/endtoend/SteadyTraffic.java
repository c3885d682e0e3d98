package io.modelvane.bench.endtoend;

import io.modelvane.bench.endtoend.Calls.Reach;
import java.time.Instant;
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
    long sent = 0;
    while (!over) {
      long due = (System.nanoTime() - start) / 1_000 * rate / 1_000_000;
      for (; sent < due; sent++) {
        Instant time = began.plusNanos(sent * 1_000_000_000L / rate);
        var unused = producer.send(new ProducerRecord<>(Topic.USUAL.title(), calls.at(time)));
      }
      LockSupport.parkNanos(TURN_NANOS);
    }
  }

  /** Sends the first, harmless, call of so many models: those that are to breach next. */
  void introduce(int count) {
    Instant now = Instant.now();
    for (int i = 0; i < count; i++) {
      byte[] call = breaches.breach(BreachReceiver.FIRST_MODEL + breached + i, Reach.NONE, now);
      var unused = producer.send(new ProducerRecord<>(Topic.USUAL.title(), call));
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
      byte[] call = breaches.breach(model, reach, now);
      var unused = producer.send(new ProducerRecord<>(Topic.USUAL.title(), call));
    }
    producer.flush();
  }

  @Override
  public void close() {
    over = true;
    try {
      thread.join();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
    producer.close();
  }
}
