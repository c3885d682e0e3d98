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
import io.modelvane.spi.Sink;
import io.modelvane.spi.SinkFactory;
import java.util.List;
import java.util.concurrent.CompletionStage;

/** A notifier and a sink that misbehave wherever they are told to. */
public final class Broken implements Plugin {
  @Override
  public List<ComponentFactory<?, ?>> factories() {
    return List.of(new BrokenNotifierFactory(), new BrokenSinkFactory());
  }

  enum Manner {
    FINE,
    THROW,
    HANG;

    /** Hangs whatever happens: an interrupt does not help. */
    void show() {
      if (this == THROW) {
        throw new IllegalStateException("broken on purpose");
      }
      while (this == HANG) {
        try {
          Thread.sleep(1_000);
        } catch (InterruptedException ignored) {
          continue;
        }
      }
    }
  }

  record Manners(
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
      return Delivery.failed(Outcome.DONE);
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
      throw new IllegalStateException("unreachable");
    }

    @Override
    public void stop() {
      manners.stop().show();
    }
  }
}
