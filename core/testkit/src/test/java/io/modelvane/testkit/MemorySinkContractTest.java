package io.modelvane.testkit;

import io.modelvane.spi.Outcome;
import io.modelvane.spi.PointBatch;
import io.modelvane.spi.RowRejection;
import io.modelvane.spi.Sink;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentSkipListSet;

/** A sink that keeps its promises passes the contract. */
final class MemorySinkContractTest implements SinkContract {
  @Override
  public SinkOutside outside() {
    return new Memory();
  }

  private static final class Memory implements SinkOutside {
    private final Set<String> lines = new ConcurrentSkipListSet<>();
    private volatile boolean hanging;

    @Override
    public Sink component(TestContext context) {
      return new MemorySink(this);
    }

    @Override
    public long stored() {
      return lines.size();
    }

    @Override
    public Optional<SinkContract.Refusal> refusal() {
      return Optional.of(new SinkContract.Refusal(Samples.batch(5), Set.of(3)));
    }

    @Override
    public boolean hang() {
      hanging = true;
      return true;
    }

    @Override
    public void close() {
      lines.clear();
    }
  }

  private static final class MemorySink implements Sink {
    private final Memory memory;
    private final CompletableFuture<Outcome> waiting = new CompletableFuture<>();

    MemorySink(Memory memory) {
      this.memory = memory;
    }

    @Override
    public CompletionStage<Outcome> write(PointBatch batch) {
      if (memory.hanging) {
        return waiting;
      }
      List<RowRejection> rejected = new ArrayList<>();
      for (int row = 0; row < batch.size(); row++) {
        if (batch.size() == 5 && row == 3) {
          rejected.add(new RowRejection(row, "odd"));
        } else {
          memory.lines.add(batch.line(row));
        }
      }
      return CompletableFuture.completedFuture(
          rejected.isEmpty() ? Outcome.DONE : new Outcome.Rejected(rejected));
    }

    @Override
    public void stop() {
      waiting.complete(new Outcome.Retryable("stopped"));
    }
  }
}
