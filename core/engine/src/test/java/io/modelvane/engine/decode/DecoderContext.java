package io.modelvane.engine.decode;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.modelvane.engine.observe.MicrometerMeters;
import io.modelvane.spi.ComponentContext;
import io.modelvane.spi.Health;
import io.modelvane.spi.Meters;
import io.modelvane.spi.Notifier;
import io.modelvane.spi.NotifierRef;
import io.modelvane.spi.Sink;
import io.modelvane.spi.SinkRef;
import io.modelvane.spi.StateStore;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ScheduledExecutorService;

/** As much of a context as a decoder uses. */
final class DecoderContext implements ComponentContext {
  private final Meters meters = new MicrometerMeters(new SimpleMeterRegistry(), "test_", Map.of());

  @Override
  public String name() {
    return "decoder";
  }

  @Override
  public Optional<String> pipeline() {
    return Optional.of("metrics");
  }

  @Override
  public Clock clock() {
    return Clock.systemUTC();
  }

  @Override
  public ExecutorService executor() {
    throw new UnsupportedOperationException();
  }

  @Override
  public ScheduledExecutorService scheduler() {
    throw new UnsupportedOperationException();
  }

  @Override
  public Meters meters() {
    return meters;
  }

  @Override
  public System.Logger logger() {
    return System.getLogger("decoder");
  }

  @Override
  public StateStore state() {
    throw new UnsupportedOperationException();
  }

  @Override
  public Path dataFolder() {
    throw new UnsupportedOperationException();
  }

  @Override
  public void health(Health health) {}

  @Override
  public String redact(String text) {
    return text;
  }

  @Override
  public Sink sink(SinkRef ref) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Notifier notifier(NotifierRef ref) {
    throw new UnsupportedOperationException();
  }
}
