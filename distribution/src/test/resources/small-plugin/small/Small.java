package small;

import io.modelvane.spi.ComponentContext;
import io.modelvane.spi.ComponentException;
import io.modelvane.spi.ComponentFactory;
import io.modelvane.spi.EventBatch;
import io.modelvane.spi.Header;
import io.modelvane.spi.Option;
import io.modelvane.spi.Outcome;
import io.modelvane.spi.Plugin;
import io.modelvane.spi.PointBatch;
import io.modelvane.spi.Sink;
import io.modelvane.spi.SinkFactory;
import io.modelvane.spi.Source;
import io.modelvane.spi.SourceFactory;
import io.modelvane.spi.Split;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** A source that says what it was told to or ends its pipeline, and a sink that keeps nothing. */
public final class Small implements Plugin {
  @Override
  public List<ComponentFactory<?, ?>> factories() {
    return List.of(new SteadyFactory(), new MemoryFactory());
  }

  record SteadyOptions(
      @Option(description = "Whether polling fails for good.", defaultValue = "false")
          boolean fatal,
      @Option(description = "What it has to say, once.") List<String> messages) {}

  record MemoryOptions(
      @Option(description = "Most rows.", defaultValue = "10", min = "1") int limit) {}

  static final class SteadyFactory implements SourceFactory<SteadyOptions> {
    @Override
    public String type() {
      return "steady";
    }

    @Override
    public String description() {
      return "Says what it was told to.";
    }

    @Override
    public Class<SteadyOptions> options() {
      return SteadyOptions.class;
    }

    @Override
    public Source create(SteadyOptions options, ComponentContext context) {
      return new Steady(options);
    }
  }

  static final class MemoryFactory implements SinkFactory<MemoryOptions> {
    @Override
    public String type() {
      return "memory";
    }

    @Override
    public String description() {
      return "Keeps nothing.";
    }

    @Override
    public Class<MemoryOptions> options() {
      return MemoryOptions.class;
    }

    @Override
    public Sink create(MemoryOptions options, ComponentContext context) {
      return new Memory();
    }
  }

  static final class Memory implements Sink {
    @Override
    public CompletionStage<Outcome> write(PointBatch batch) {
      return CompletableFuture.completedFuture(Outcome.DONE);
    }
  }

  static final class Steady implements Source {
    private final SteadyOptions options;
    private SplitListener listener;
    private boolean said;

    Steady(SteadyOptions options) {
      this.options = options;
    }

    @Override
    public void subscribe(SplitListener splitListener) {
      listener = splitListener;
    }

    @Override
    public List<EventBatch> poll(Duration timeout) throws ComponentException, InterruptedException {
      if (options.fatal()) {
        throw new ComponentException(Outcome.Kind.FATAL, "the well is dry");
      }
      if (!said && !options.messages().isEmpty()) {
        said = true;
        Messages messages = new Messages(options.messages());
        listener.assigned(Set.of(messages.split()));
        return List.of(messages);
      }
      Thread.sleep(Math.min(50, timeout.toMillis()));
      return List.of();
    }

    @Override
    public void acknowledge(Map<Split, Long> nextOffsets) {}

    @Override
    public void pause(Set<Split> splits) {}

    @Override
    public void resume(Set<Split> splits) {}

    @Override
    public void wakeup() {}
  }

  record Messages(List<String> texts) implements EventBatch {
    @Override
    public Split split() {
      return new Split("small", 0, "");
    }

    @Override
    public int size() {
      return texts.size();
    }

    @Override
    public long offset(int index) {
      return index;
    }

    @Override
    public long nextOffset() {
      return texts.size();
    }

    @Override
    public long timeMillis(int index) {
      return System.currentTimeMillis();
    }

    @Override
    public byte[] key(int index) {
      return null;
    }

    @Override
    public byte[] value(int index) {
      return texts.get(index).getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public List<Header> headers(int index) {
      return List.of();
    }
  }
}
