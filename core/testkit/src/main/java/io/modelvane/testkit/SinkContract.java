package io.modelvane.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.modelvane.spi.Component;
import io.modelvane.spi.Outcome;
import io.modelvane.spi.PointBatch;
import io.modelvane.spi.RowRejection;
import io.modelvane.spi.Sink;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What every sink promises ({@link Sink}). */
public interface SinkContract extends ComponentContract {
  /** The longest a write may take here. */
  long SECONDS = 20;

  /** What a sink writes to. */
  interface SinkOutside extends Outside {
    @Override
    Sink component(TestContext context);

    /** How many different rows have been stored. */
    long stored() throws Exception;

    /** A batch of which some rows are refused for good; empty when the store takes everything. */
    default Optional<Refusal> refusal() {
      return Optional.empty();
    }

    /**
     * Keeps the store from answering, until {@link #close()}.
     *
     * @return false when it cannot be kept
     */
    default boolean hang() throws Exception {
      return false;
    }
  }

  /**
   * A batch and the rows in it that the store refuses.
   *
   * @param batch with at least one good row
   * @param rows at least one
   */
  record Refusal(PointBatch batch, Set<Integer> rows) {
    /** Copies the set. */
    public Refusal {
      rows = Set.copyOf(rows);
    }
  }

  @Override
  SinkOutside outside() throws Exception;

  /** A batch of so many rows that the store takes. */
  default PointBatch goodBatch(int rows) {
    return Samples.batch(rows);
  }

  /** Writes and waits. */
  default Outcome write(Sink sink, PointBatch batch) throws Exception {
    return sink.write(batch).toCompletableFuture().get(SECONDS, TimeUnit.SECONDS);
  }

  @Override
  default void use(Component component) throws Exception {
    assertThat(write((Sink) component, goodBatch(2))).isEqualTo(Outcome.DONE);
  }

  @Test
  default void every_row_of_a_batch_is_stored() throws Exception {
    try (SinkOutside outside = outside();
        TestContext context = newContext()) {
      Sink sink = outside.component(context);
      sink.start();
      long before = outside.stored();
      assertThat(write(sink, goodBatch(1_000))).isEqualTo(Outcome.DONE);
      assertThat(outside.stored() - before).isEqualTo(1_000);
      sink.stop();
    }
  }

  @Test
  default void an_empty_batch_is_done() throws Exception {
    try (SinkOutside outside = outside();
        TestContext context = newContext()) {
      Sink sink = outside.component(context);
      sink.start();
      assertThat(write(sink, PointBatch.of(List.of()))).isEqualTo(Outcome.DONE);
      sink.stop();
    }
  }

  @Test
  default void writing_the_same_rows_again_is_harmless() throws Exception {
    try (SinkOutside outside = outside();
        TestContext context = newContext()) {
      Sink sink = outside.component(context);
      sink.start();
      assertThat(write(sink, goodBatch(10))).isEqualTo(Outcome.DONE);
      long once = outside.stored();
      assertThat(write(sink, goodBatch(10))).isEqualTo(Outcome.DONE);
      assertThat(outside.stored()).isEqualTo(once);
      sink.stop();
    }
  }

  @Test
  default void exactly_the_refused_rows_are_named_and_the_rest_is_stored() throws Exception {
    try (SinkOutside outside = outside();
        TestContext context = newContext()) {
      Optional<Refusal> refusal = outside.refusal();
      assumeTrue(refusal.isPresent(), "this store takes everything");
      Refusal expected = refusal.orElseThrow();
      Sink sink = outside.component(context);
      sink.start();
      long before = outside.stored();
      Outcome outcome = write(sink, expected.batch());
      assertThat(outcome).isInstanceOf(Outcome.Rejected.class);
      List<RowRejection> rows = ((Outcome.Rejected) outcome).rows();
      assertThat(rows.stream().map(RowRejection::row).collect(Collectors.toList()))
          .containsExactlyInAnyOrderElementsOf(expected.rows());
      assertThat(rows).allSatisfy(row -> assertThat(row.reason()).isNotBlank());
      int good = expected.batch().size() - expected.rows().size();
      assertThat(outside.stored() - before).isEqualTo(good);
      sink.stop();
    }
  }

  @Test
  default void several_threads_may_write_at_once() throws Exception {
    try (SinkOutside outside = outside();
        TestContext context = newContext()) {
      Sink sink = outside.component(context);
      sink.start();
      List<CompletableFuture<Outcome>> writes = new ArrayList<>();
      for (int thread = 0; thread < 4; thread++) {
        writes.add(CompletableFuture.supplyAsync(() -> writeUnchecked(sink), context.executor()));
      }
      for (CompletableFuture<Outcome> write : writes) {
        assertThat(write.get(SECONDS, TimeUnit.SECONDS)).isEqualTo(Outcome.DONE);
      }
      sink.stop();
    }
  }

  @Test
  default void stopping_while_a_write_waits_ends_the_write() throws Exception {
    try (SinkOutside outside = outside();
        TestContext context = newContext()) {
      Sink sink = outside.component(context);
      sink.start();
      assumeTrue(outside.hang(), "this store always answers");
      CompletableFuture<Outcome> write = sink.write(goodBatch(5)).toCompletableFuture();
      CompletableFuture<Void> interrupted =
          CompletableFuture.runAsync(() -> stopImpatiently(sink), context.executor());
      interrupted.get(SECONDS, TimeUnit.SECONDS);
      Outcome.Kind kind =
          write
              .orTimeout(SECONDS, TimeUnit.SECONDS)
              .handle((outcome, failure) -> ended(outcome, failure))
              .get();
      assertThat(kind).isNotEqualTo(Outcome.Kind.DONE).isNotEqualTo(Outcome.Kind.REJECTED);
    }
  }

  private Outcome writeUnchecked(Sink sink) {
    try {
      return write(sink, goodBatch(50));
    } catch (Exception failed) {
      throw new CompletionException(failed);
    }
  }

  private static Outcome.Kind ended(@Nullable Outcome outcome, @Nullable Throwable failure) {
    if (outcome != null) {
      return outcome.kind();
    }
    @Nullable Throwable cause =
        failure instanceof CompletionException ? failure.getCause() : failure;
    assertThat(cause).as("the write never ended").isNotInstanceOf(TimeoutException.class);
    return Outcome.Kind.RETRYABLE;
  }

  /** Stops as the engine does: with an interrupt when the time is over. */
  private static void stopImpatiently(Sink sink) {
    Thread stopping = Thread.currentThread();
    CompletableFuture.delayedExecutor(500, TimeUnit.MILLISECONDS).execute(stopping::interrupt);
    try {
      sink.stop();
    } catch (InterruptedException inTime) {
      Thread.currentThread().interrupt();
    } finally {
      Thread.interrupted();
    }
  }
}
