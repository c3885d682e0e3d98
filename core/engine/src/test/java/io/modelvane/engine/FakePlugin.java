package io.modelvane.engine;

import io.modelvane.spi.Component;
import io.modelvane.spi.ComponentContext;
import io.modelvane.spi.ComponentException;
import io.modelvane.spi.ComponentFactory;
import io.modelvane.spi.DataSize;
import io.modelvane.spi.DeadLetter;
import io.modelvane.spi.Delivery;
import io.modelvane.spi.EventBatch;
import io.modelvane.spi.Notification;
import io.modelvane.spi.Notifier;
import io.modelvane.spi.NotifierFactory;
import io.modelvane.spi.NotifierRef;
import io.modelvane.spi.Option;
import io.modelvane.spi.Outcome;
import io.modelvane.spi.Plugin;
import io.modelvane.spi.PointBatch;
import io.modelvane.spi.PointBatchBuilder;
import io.modelvane.spi.Problems;
import io.modelvane.spi.Secret;
import io.modelvane.spi.Sink;
import io.modelvane.spi.SinkFactory;
import io.modelvane.spi.SinkRef;
import io.modelvane.spi.SinkTraits;
import io.modelvane.spi.Source;
import io.modelvane.spi.SourceFactory;
import io.modelvane.spi.Split;
import io.modelvane.spi.Transform;
import io.modelvane.spi.TransformFactory;
import io.modelvane.spi.Variant;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Components that do nothing but write down what is done to them, and fail when told to. */
public final class FakePlugin implements Plugin {
  /** What a component does at a moment of its life. */
  public interface Hook {
    void run(ComponentContext context) throws ComponentException, InterruptedException;
  }

  /** {@code start sink store}, {@code stop source of p}, in the order in which it happened. */
  public final List<String> journal = new CopyOnWriteArrayList<>();

  public final Map<String, Hook> onStart = new ConcurrentHashMap<>();
  public final Map<String, Hook> onStop = new ConcurrentHashMap<>();

  @SuppressWarnings("NullAway") // a careless plugin answers null
  public volatile Supplier<Delivery> delivery = () -> Delivery.failed(Outcome.DONE);

  public final Map<String, Hook> onDeliver = new ConcurrentHashMap<>();
  public final Map<String, BlockingQueue<EventBatch>> events = new ConcurrentHashMap<>();
  public final Map<String, Map<Split, Long>> acknowledged = new ConcurrentHashMap<>();
  public final List<DeadLetter> letters = new CopyOnWriteArrayList<>();
  public final List<String> lines = new CopyOnWriteArrayList<>();
  public final Map<String, List<String>> linesOf = new ConcurrentHashMap<>();
  public volatile Function<PointBatch, Outcome> sinkAnswer = batch -> Outcome.DONE;

  /** What its sinks throw when they are made. */
  public volatile @Nullable Error whenMade;

  /** What its sinks throw when they are told of the pipelines that feed them. */
  public volatile @Nullable Error whenTold;

  /** Names of sinks that are exclusive. */
  public final Set<String> exclusive = ConcurrentHashMap.newKeySet();

  public enum Mode {
    FAST,
    CAREFUL
  }

  public record Tls(
      @Option(description = "Key.") Optional<String> key,
      @Option(description = "Certificate.") Optional<String> certificate) {}

  /** A shape that a type chooses. */
  public sealed interface Auth permits Basic, Token {}

  @Variant(name = "basic", description = "User and password.")
  public record Basic(
      @Option(description = "User.") String user,
      @Option(description = "Password.") Secret password)
      implements Auth {}

  @Variant(name = "token", description = "A token.")
  public record Token(@Option(description = "The token.") Secret token) implements Auth {}

  /** A shape that is written as text alone. */
  public record Span(int low, int high) {
    public static Span parse(String text) {
      String[] ends = text.split("-", -1);
      if (ends.length != 2) {
        throw new IllegalArgumentException("'" + text + "' is no span; write 3-5");
      }
      return new Span(Integer.parseInt(ends[0]), Integer.parseInt(ends[1]));
    }
  }

  /** Options that stand beside the others. */
  public record Pace(
      @Option(description = "Pause.", defaultValue = "10s", min = "1s", max = "1h")
          Duration pause) {}

  /** One option of each kind. */
  public record SinkOptions(
      @Option(description = "Where to.", example = "http://localhost:8086") URI url,
      @Option(description = "Secret.", defaultValue = "") Optional<Secret> token,
      @Option(description = "Rows.", defaultValue = "10", min = "1", max = "100") int rows,
      @Option(description = "Share.") Optional<Double> share,
      @Option(description = "Pace.", inline = true) Pace pace,
      @Option(description = "Size.", defaultValue = "1MiB", max = "1GiB") DataSize size,
      @Option(description = "Mode | how.", defaultValue = "fast") Mode mode,
      @Option(description = "Checked.", defaultValue = "true") boolean checked,
      @Option(description = "TLS.") Optional<Tls> tls,
      @Option(description = "Who.") Optional<Auth> auth,
      @Option(description = "Spans.") Map<String, Span> spans,
      @Option(description = "Labels.") Map<String, String> labels,
      @Option(description = "Hosts.") List<String> hosts,
      @Option(description = "Zone.", defaultValue = "UTC") ZoneId zone,
      @Option(description = "From.") Optional<Instant> from,
      @Option(description = "Pattern.") Optional<Pattern> match,
      @Option(description = "Copy to.") Optional<SinkRef> recordTo,
      @Option(description = "Tell.") List<NotifierRef> tell) {}

  public record NoOptions() {}

  private void run(Map<String, Hook> hooks, String what, String title, ComponentContext context)
      throws ComponentException, InterruptedException {
    journal.add(what + " " + title);
    Hook hook = hooks.get(title);
    if (hook != null) {
      hook.run(context);
    }
  }

  private static void throwAny(@Nullable Error error) {
    if (error != null) {
      throw error;
    }
  }

  private abstract static class Recorded implements Component {
    final FakePlugin plugin;
    final String title;
    final ComponentContext context;

    Recorded(FakePlugin plugin, String kind, ComponentContext context) {
      this.plugin = plugin;
      this.context = context;
      this.title = kind + " " + context.name() + context.pipeline().map(p -> " of " + p).orElse("");
    }

    @Override
    public void start() throws ComponentException, InterruptedException {
      plugin.run(plugin.onStart, "start", title, context);
    }

    @Override
    public void stop() throws InterruptedException {
      try {
        plugin.run(plugin.onStop, "stop", title, context);
      } catch (ComponentException failed) {
        throw new IllegalStateException(failed);
      }
    }
  }

  private static final class FakeSink extends Recorded implements Sink {
    FakeSink(FakePlugin plugin, ComponentContext context) {
      super(plugin, "sink", context);
    }

    @Override
    public SinkTraits traits() {
      SinkTraits usual = SinkTraits.DEFAULT;
      return new SinkTraits(
          usual.maxInFlight(),
          usual.maxRows(),
          usual.maxBytes(),
          usual.linger(),
          plugin.exclusive.contains(context.name()));
    }

    @Override
    public void completeUntil(String pipeline, Instant time) {
      plugin.journal.add("told sink " + context.name() + " of " + pipeline);
      throwAny(plugin.whenTold);
    }

    @Override
    public CompletionStage<Outcome> write(PointBatch batch) {
      Outcome outcome = plugin.sinkAnswer.apply(batch);
      if (outcome.kind() == Outcome.Kind.DONE && batch.size() > 0) {
        plugin.lines.add(batch.toString());
        plugin
            .linesOf
            .computeIfAbsent(context.name(), name -> new CopyOnWriteArrayList<>())
            .addAll(batch.toString().lines().toList());
      }
      return CompletableFuture.completedFuture(outcome);
    }
  }

  private static final class FakeNotifier extends Recorded implements Notifier {
    FakeNotifier(FakePlugin plugin, ComponentContext context) {
      super(plugin, "notifier", context);
    }

    @Override
    public Delivery deliver(Notification notification) throws InterruptedException {
      try {
        Hook hook = plugin.onDeliver.get(title);
        if (hook != null) {
          hook.run(context);
        }
      } catch (ComponentException failed) {
        throw new IllegalStateException(failed);
      }
      return plugin.delivery.get();
    }
  }

  private static final class FakeTransform extends Recorded implements Transform {
    FakeTransform(FakePlugin plugin, ComponentContext context) {
      super(plugin, "transform", context);
    }

    @Override
    public void apply(PointBatch in, PointBatchBuilder out) {
      for (int row = 0; row < in.size(); row++) {
        out.copyRow(in, row);
      }
    }
  }

  private static final class FakeSource extends Recorded implements Source {
    private final BlockingQueue<EventBatch> queue;
    private @Nullable SplitListener listener;

    FakeSource(FakePlugin plugin, ComponentContext context) {
      super(plugin, "source", context);
      queue =
          plugin.events.computeIfAbsent(
              context.pipeline().orElse("?"), p -> new LinkedBlockingQueue<>());
    }

    @Override
    public void subscribe(SplitListener given) {
      listener = given;
    }

    @Override
    public void readAlone() {
      plugin.journal.add("alone " + title);
    }

    @Override
    public List<EventBatch> poll(Duration timeout) throws InterruptedException {
      EventBatch batch = queue.poll(Math.min(timeout.toMillis(), 20), TimeUnit.MILLISECONDS);
      if (batch == null) {
        return List.of();
      }
      java.util.Objects.requireNonNull(listener).assigned(Set.of(batch.split()));
      return List.of(batch);
    }

    @Override
    public void acknowledge(Map<Split, Long> nextOffsets) {
      plugin
          .acknowledged
          .computeIfAbsent(context.pipeline().orElse("?"), p -> new ConcurrentHashMap<>())
          .putAll(nextOffsets);
    }

    @Override
    public void pause(Set<Split> splits) {}

    @Override
    public void resume(Set<Split> splits) {}

    @Override
    public void wakeup() {}
  }

  private record Sinks(FakePlugin plugin) implements SinkFactory<SinkOptions> {
    @Override
    public String type() {
      return "fake";
    }

    @Override
    public String description() {
      return "Stores nothing.";
    }

    @Override
    public Class<SinkOptions> options() {
      return SinkOptions.class;
    }

    @Override
    public void validate(SinkOptions options, Problems problems) {
      if (options.tls().isPresent()
          && options.tls().get().key().isPresent()
              != options.tls().get().certificate().isPresent()) {
        problems.add("tls.key", "key and certificate belong together");
      }
      if (options.hosts().contains("down")) {
        problems.add("hosts[" + options.hosts().indexOf("down") + "]", "is down");
      }
      if (options.labels().containsKey("defect")) {
        throw new IllegalStateException(options.token().map(Secret::reveal).orElse(""));
      }
    }

    @Override
    public void warn(SinkOptions options, Problems warnings) {
      if (options.hosts().contains("slow")) {
        warnings.add(
            "hosts[%d]".formatted(options.hosts().indexOf("slow")),
            "is slow" + options.token().map(token -> ", for " + token.reveal()).orElse(""));
      }
    }

    @Override
    public Sink create(SinkOptions options, ComponentContext context) {
      throwAny(plugin.whenMade);
      return new FakeSink(plugin, context);
    }
  }

  private record Sources(FakePlugin plugin) implements SourceFactory<NoOptions> {
    @Override
    public String type() {
      return "fake";
    }

    @Override
    public String description() {
      return "Brings what the test says.";
    }

    @Override
    public Class<NoOptions> options() {
      return NoOptions.class;
    }

    @Override
    public Source create(NoOptions options, ComponentContext context) {
      return new FakeSource(plugin, context);
    }
  }

  private record Transforms(FakePlugin plugin) implements TransformFactory<NoOptions> {
    @Override
    public String type() {
      return "fake";
    }

    @Override
    public String description() {
      return "Changes nothing.";
    }

    @Override
    public Class<NoOptions> options() {
      return NoOptions.class;
    }

    @Override
    public Transform create(NoOptions options, ComponentContext context) {
      return new FakeTransform(plugin, context);
    }
  }

  private record Notifiers(FakePlugin plugin) implements NotifierFactory<NoOptions> {
    @Override
    public String type() {
      return "fake";
    }

    @Override
    public String description() {
      return "Tells nobody.";
    }

    @Override
    public Class<NoOptions> options() {
      return NoOptions.class;
    }

    @Override
    public Notifier create(NoOptions options, ComponentContext context) {
      return new FakeNotifier(plugin, context);
    }
  }

  @Override
  public List<ComponentFactory<?, ?>> factories() {
    return List.of(
        new Sources(this),
        new Sinks(this),
        new Transforms(this),
        new Notifiers(this),
        new FakeLetters(letters));
  }
}
