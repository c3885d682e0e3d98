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
  private final InfluxOptions options;
  private final ComponentContext context;
  private final Judge judge;
  private @Nullable InfluxConnection connection;
  private volatile @Nullable GuiltFinder writer;

  InfluxSink(InfluxOptions options, ComponentContext context) {
    this.options = options;
    this.context = context;
    this.judge = new Judge(options, context.clock());
  }

  @Override
  public SinkTraits traits() {
    return new SinkTraits(
        options.maxInFlight(), options.maxRows(), options.maxBytes(), options.linger());
  }

  @Override
  public void start() throws ComponentException {
    InfluxConnection opened = InfluxConnection.open(options);
    try {
      if (options.api() == Api.V2) {
        new BucketCheck(options, judge, context.logger()).run(opened.client());
      }
    } catch (ComponentException failed) {
      opened.close();
      throw failed;
    }
    connection = opened;
    Sender sender =
        new Sender(
            opened.writes(),
            WriteTarget.of(options),
            judge,
            new Buffers(options.maxInFlight()),
            context.meters());
    writer = new GuiltFinder(sender, compress(), context.meters());
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
    GuiltFinder open = writer;
    if (open == null) {
      return CompletableFuture.completedFuture(
          new Outcome.Retryable(judge.server() + " is not connected yet"));
    }
    return batch.size() == 0 ? CompletableFuture.completedFuture(Outcome.DONE) : open.write(batch);
  }

  @Override
  public void stop() {
    writer = null;
    InfluxConnection open = connection;
    connection = null;
    if (open != null) {
      open.close();
    }
  }
}
