package io.modelvane.alerting;

import io.modelvane.alerting.api.AlertingApi;
import io.modelvane.spi.ComponentException;
import io.modelvane.spi.Outcome;
import io.modelvane.spi.PointBatch;
import io.modelvane.spi.Sink;
import io.modelvane.spi.SinkTraits;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** The sink, and once it works its API and its heartbeat. */
final class ServedSink implements Sink {
  private final AlertingSink sink;
  private final AlertingApi api;
  private final Optional<Heartbeat> heartbeat;

  ServedSink(AlertingSink sink, AlertingApi api, Optional<Heartbeat> heartbeat) {
    this.sink = sink;
    this.api = api;
    this.heartbeat = heartbeat;
  }

  @Override
  public SinkTraits traits() {
    return sink.traits();
  }

  @Override
  public void start() throws ComponentException, InterruptedException {
    sink.start();
    api.serve();
    heartbeat.ifPresent(Heartbeat::start);
  }

  @Override
  public CompletionStage<Outcome> write(PointBatch batch) {
    return sink.write(batch);
  }

  @Override
  public CompletionStage<Outcome> write(PointBatch batch, Runnable taken) {
    return sink.write(batch, taken);
  }

  @Override
  public void completeUntil(String pipeline, Instant time) {
    sink.completeUntil(pipeline, time);
  }

  @Override
  public void stop() throws InterruptedException {
    heartbeat.ifPresent(Heartbeat::stop);
    sink.stop();
  }
}
