package io.modelvane.influx;

import io.modelvane.spi.ComponentContext;
import io.modelvane.spi.ComponentException;
import io.modelvane.spi.Outcome;
import io.modelvane.spi.PointBatch;
import io.modelvane.spi.Sink;
import io.modelvane.spi.SinkTraits;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** Writes batches over a bounded number of connections at once. */
final class InfluxSink implements Sink {
  /** What lives from start to stop. */
  private record Open(InfluxConnection connection, Sender sender, GuiltFinder writer) {}

  private final InfluxOptions options;
  private final ComponentContext context;
  private final Judge judge;
  private volatile @Nullable Open open;

  InfluxSink(InfluxOptions options, ComponentContext context) {
    this.options = options;
    this.context = context;
    this.judge = new Judge(options, context);
  }

  @Override
  public SinkTraits traits() {
    return new SinkTraits(
        options.maxInFlight(), options.maxRows(), options.maxBytes(), options.linger());
  }

  @Override
  public void start() throws ComponentException {
    InfluxConnection connection = InfluxConnection.open(options, context.executor());
    boolean works = false;
    try {
      Sender sender =
          new Sender(
              connection.writes(),
              WriteTarget.of(options),
              judge,
              new Buffers(options.maxInFlight()),
              context.meters());
      new StartCheck(options, judge, context).run(sender, connection.client());
      Compression compression = new Compression(compress(), context.logger());
      open = new Open(connection, sender, new GuiltFinder(sender, compression, context.meters()));
      works = true;
    } finally {
      if (!works) {
        connection.close();
      }
    }
  }

  private boolean compress() {
    return switch (options.gzip()) {
      case ON -> true;
      case OFF -> false;
      case AUTO -> !InfluxConnection.isLocal(options.url());
    };
  }

  @Override
  public CompletionStage<Outcome> write(PointBatch batch) {
    Open now = open;
    if (now == null) {
      return CompletableFuture.completedFuture(
          new Outcome.Retryable(judge.server() + " is not connected yet"));
    }
    return batch.size() == 0
        ? CompletableFuture.completedFuture(Outcome.DONE)
        : now.writer().write(batch);
  }

  /** Writes under way are cut off and answered as retryable: the engine has waited for them. */
  @Override
  public void stop() {
    Open last = open;
    open = null;
    if (last != null) {
      last.sender().close();
      last.connection().close();
    }
  }
}
