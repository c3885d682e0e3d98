package io.modelvane.engine;

import io.modelvane.spi.ComponentContext;
import io.modelvane.spi.Health;
import io.modelvane.spi.Notifier;
import io.modelvane.spi.NotifierRef;
import io.modelvane.spi.Sink;
import io.modelvane.spi.SinkRef;
import io.modelvane.spi.StateStore;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ScheduledExecutorService;

/** What a component under test gets; {@code s3cret} is its one secret. */
public final class TestContext implements ComponentContext {
  public final TestClock clock = new TestClock();
  public final TestMeters meters = new TestMeters();
  public final List<Health> healths = new CopyOnWriteArrayList<>();
  private final Path folder;

  public TestContext(Path folder) {
    this.folder = folder;
  }

  @Override
  public String name() {
    return "tested";
  }

  @Override
  public Optional<String> pipeline() {
    return Optional.empty();
  }

  @Override
  public TestClock clock() {
    return clock;
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
  public TestMeters meters() {
    return meters;
  }

  @Override
  public System.Logger logger() {
    return System.getLogger("io.modelvane.tested");
  }

  @Override
  public StateStore state() {
    throw new UnsupportedOperationException();
  }

  @Override
  public Path dataFolder() {
    return folder;
  }

  @Override
  public void health(Health health) {
    healths.add(health);
  }

  @Override
  public String redact(String text) {
    return text.replace("s3cret", "****");
  }

  @Override
  public Sink sink(SinkRef ref) {
    throw new IllegalArgumentException(ref.name());
  }

  @Override
  public Notifier notifier(NotifierRef ref) {
    throw new IllegalArgumentException(ref.name());
  }
}
