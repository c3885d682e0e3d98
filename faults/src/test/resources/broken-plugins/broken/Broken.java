package broken;

import io.modelvane.spi.ComponentContext;
import io.modelvane.spi.ComponentFactory;
import io.modelvane.spi.Delivery;
import io.modelvane.spi.Notification;
import io.modelvane.spi.Notifier;
import io.modelvane.spi.NotifierFactory;
import io.modelvane.spi.Option;
import io.modelvane.spi.Outcome;
import io.modelvane.spi.Plugin;
import io.modelvane.spi.PointBatch;
import io.modelvane.spi.PointBatchBuilder;
import io.modelvane.spi.RowRejection;
import io.modelvane.spi.Sink;
import io.modelvane.spi.SinkFactory;
import io.modelvane.spi.SinkTraits;
import io.modelvane.spi.Transform;
import io.modelvane.spi.TransformFactory;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** A notifier and a sink that misbehave wherever they are told to, and a brittle transform. */
public final class Broken implements Plugin {
  @Override
  public List<ComponentFactory<?, ?>> factories() {
    return List.of(new BrokenNotifierFactory(), new BrokenSinkFactory(), new BrittleFactory());
  }

  enum Manner {
    FINE,
    THROW,
    HANG,
    /** Answers what makes no sense. */
    BABBLE,
    /** Answers nothing. */
    NOTHING,
    /** Starts threads that never end. */
    LEAK,
    /** Writes a hundred lines into the log each time. */
    FLOOD,
    /** Takes memory until there is no more. */
    ALLOCATE,
    /** Wants more memory at once than there can be. */
    GRAB;

    /** Hangs whatever happens: an interrupt does not help. */
    void show() {
      switch (this) {
        case THROW -> throw new IllegalStateException("broken on purpose");
        case HANG -> hang();
        case LEAK -> new Thread(Manner::hang, "leaked").start();
        case FLOOD -> flood();
        case ALLOCATE -> allocate();
        case GRAB -> allocate(Integer.MAX_VALUE);
        case FINE, BABBLE, NOTHING -> {}
      }
    }

    private static void hang() {
      while (true) {
        try {
          Thread.sleep(1_000);
        } catch (InterruptedException ignored) {
          continue;
        }
      }
    }

    private static void flood() {
      for (int i = 0; i < 100; i++) {
        System.getLogger("broken").log(System.Logger.Level.WARNING, "flood ".repeat(50) + i);
      }
    }

    private static void allocate() {
      List<long[]> kept = new ArrayList<>();
      while (true) {
        kept.add(allocate(1_000_000));
      }
    }

    private static long[] allocate(int size) {
      return new long[size];
    }
  }

  record Manners(
      @Option(description = "When made.", defaultValue = "fine") Manner make,
      @Option(description = "When a notifier is asked what it likes.", defaultValue = "fine")
          Manner ask,
      @Option(description = "When a sink is asked what it likes.", defaultValue = "fine")
          Manner traits,
      @Option(description = "When a sink is told how far its source is.", defaultValue = "fine")
          Manner mark,
      @Option(description = "At start.", defaultValue = "fine") Manner start,
      @Option(description = "At work.", defaultValue = "fine") Manner work,
      @Option(description = "At stop.", defaultValue = "fine") Manner stop) {}

  static final class BrokenNotifierFactory implements NotifierFactory<Manners> {
    @Override
    public String type() {
      return "broken";
    }

    @Override
    public String description() {
      return "Misbehaves.";
    }

    @Override
    public Class<Manners> options() {
      return Manners.class;
    }

    @Override
    public Notifier create(Manners manners, ComponentContext context) {
      manners.make().show();
      return new BrokenNotifier(manners);
    }
  }

  record BrokenNotifier(Manners manners) implements Notifier {
    @Override
    public void start() {
      manners.start().show();
    }

    @Override
    public Delivery deliver(Notification notification) {
      manners.work().show();
      return switch (manners.work()) {
        case BABBLE ->
            Delivery.failed(
                new Outcome.Rejected(List.of(new RowRejection(99, "there is no such row"))));
        case NOTHING -> null;
        default -> Delivery.failed(Outcome.DONE);
      };
    }

    @Override
    public Duration timeout() {
      manners.ask().show();
      return Duration.ofSeconds(2);
    }

    @Override
    public boolean receiverDropsRepeats() {
      manners.ask().show();
      return false;
    }

    @Override
    public void stop() {
      manners.stop().show();
    }
  }

  static final class BrokenSinkFactory implements SinkFactory<Manners> {
    @Override
    public String type() {
      return "broken";
    }

    @Override
    public String description() {
      return "Misbehaves.";
    }

    @Override
    public Class<Manners> options() {
      return Manners.class;
    }

    @Override
    public Sink create(Manners manners, ComponentContext context) {
      manners.make().show();
      return new BrokenSink(manners);
    }
  }

  record BrokenSink(Manners manners) implements Sink {
    @Override
    public void start() {
      manners.start().show();
    }

    @Override
    public CompletionStage<Outcome> write(PointBatch batch) {
      manners.work().show();
      Outcome outcome =
          switch (manners.work()) {
            case BABBLE ->
                new Outcome.Rejected(
                    List.of(new RowRejection(batch.size(), "there is no such row")));
            case NOTHING -> null;
            default -> Outcome.DONE;
          };
      return CompletableFuture.completedFuture(outcome);
    }

    @Override
    public void completeUntil(String pipeline, Instant time) {
      manners.mark().show();
    }

    @Override
    public SinkTraits traits() {
      manners.traits().show();
      return SinkTraits.DEFAULT;
    }

    @Override
    public void stop() {
      manners.stop().show();
    }
  }

  record NoOptions() {}

  static final class BrittleFactory implements TransformFactory<NoOptions> {
    @Override
    public String type() {
      return "brittle";
    }

    @Override
    public String description() {
      return "Breaks over some points.";
    }

    @Override
    public Class<NoOptions> options() {
      return NoOptions.class;
    }

    @Override
    public Transform create(NoOptions options, ComponentContext context) {
      return new Brittle();
    }
  }

  static final class Brittle implements Transform {
    @Override
    public void apply(PointBatch in, PointBatchBuilder out) {
      for (int row = 0; row < in.size(); row++) {
        if (in.line(row).contains("unstorable=1")) {
          throw new IllegalStateException("broken on purpose");
        }
        out.copyRow(in, row);
      }
    }
  }
}
