package io.modelvane.engine.pipeline;

import static io.modelvane.engine.TestEvents.batch;
import static io.modelvane.engine.pipeline.Rig.A;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import io.modelvane.engine.LogTap;
import io.modelvane.spi.DeadLetter;
import io.modelvane.spi.PointBatch;
import io.modelvane.spi.PointBatchBuilder;
import io.modelvane.spi.Transform;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.IntPredicate;
import org.assertj.core.groups.Tuple;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PipelineDecodingTest {
  private final Rig rig = new Rig();

  @AfterEach
  void close() {
    rig.close();
  }

  private static Tuple letter(String stage, long offset, String reason) {
    return tuple(stage, offset, reason);
  }

  private Tuple[] letters() {
    return rig.letters.stream()
        .map(l -> letter(l.stage(), l.event().position().offset(), l.reason()))
        .toArray(Tuple[]::new);
  }

  @Test
  void whatCannotBeDecodedIsADeadLetterAndTheRestIsStored() {
    rig.source.bring(batch(A, 7, "m=1", "bad news", "m=2"));
    rig.start();
    rig.awaitAcknowledged(A, 10);
    assertThat(rig.write(1).lines()).isEqualTo("m v=1 7\nm v=2 9");
    assertThat(letters()).containsExactly(letter("decode", 8, "is bad news"));
    assertThat(rig.letters.get(0).line()).isEmpty();
    assertThat(rig.meters.count("rejected_events")).isEqualTo(1);
  }

  @Test
  void aDecoderThatThrowsCostsOnlyTheEventsForWhichItThrows() {
    rig.source.bring(batch(A, 0, "m=1", "bad 1", "boom 1", "m=2", "boom 2", "m*2"));
    rig.start();
    rig.awaitAcknowledged(A, 6);
    assertThat(rig.write(1).lines()).isEqualTo("m v=1 0\nm v=2 3\nm v=0 5\nm v=1 5");
    String words = "the decoder failed on this event: java.lang.IllegalStateException: ";
    assertThat(letters())
        .containsExactly(
            letter("decode", 1, "is bad 1"),
            letter("decode", 2, words + "cannot take boom 1"),
            letter("decode", 4, words + "cannot take boom 2"));
  }

  @Test
  void aDecoderThatRecursesTooDeepCostsOneEvent() {
    WordDecoder words = new WordDecoder();
    rig.decoder =
        (events, out) -> {
          for (int i = 0; i < events.size(); i++) {
            if (events.offset(i) == 1) {
              throw new StackOverflowError();
            }
          }
          words.decode(events, out);
        };
    rig.source.bring(batch(A, 0, "m=1", "m=2", "m=3"));
    rig.start();
    rig.awaitAcknowledged(A, 3);
    assertThat(rig.write(1).lines()).isEqualTo("m v=1 0\nm v=3 2");
    assertThat(letters())
        .containsExactly(
            letter("decode", 1, "the decoder failed on this event: java.lang.StackOverflowError"));
  }

  @Test
  void errorsOfADecoderAndATransformCostOneEventEach() {
    WordDecoder words = new WordDecoder();
    rig.decoder =
        (events, out) -> {
          for (int i = 0; i < events.size(); i++) {
            if (events.offset(i) == 1) {
              throw new AssertionError("of the decoder");
            }
          }
          words.decode(events, out);
        };
    rig.transforms.add(
        (in, out) -> {
          for (int row = 0; row < in.size(); row++) {
            if (in.time(row) == 2) {
              throw new AssertionError("of the transform");
            }
            out.copyRow(in, row);
          }
        });
    rig.source.bring(batch(A, 0, "m=1", "m=2", "m=3"));
    rig.start();
    rig.awaitAcknowledged(A, 3);
    assertThat(rig.write(1).lines()).isEqualTo("m v=1 0");
    assertThat(rig.letters)
        .extracting(DeadLetter::reason)
        .satisfiesExactly(
            decoder -> assertThat(decoder).endsWith("AssertionError: of the decoder"),
            transform -> assertThat(transform).endsWith("AssertionError: of the transform"));
  }

  @Test
  void aDecoderWhoseClassesAreMissingEndsThePipelineAndLosesNothing() {
    rig.decoder =
        (events, out) -> {
          throw new NoClassDefFoundError("com/example/Codec");
        };
    rig.source.bring(batch(A, 0, "m=1"));
    rig.start();
    rig.awaitEnd();
    assertThat(rig.pipeline().failure().orElseThrow()).contains("com/example/Codec");
    assertThat(rig.letters).isEmpty();
    assertThat(rig.source.acknowledged).isEmpty();
  }

  /** Copies rows but those it drops, rejects or throws for, told by their time. */
  private record Picky(IntPredicate drop, IntPredicate reject, IntPredicate fail)
      implements Transform {
    @Override
    public void apply(PointBatch in, PointBatchBuilder out) {
      for (int row = 0; row < in.size(); row++) {
        int time = (int) in.time(row);
        if (fail.test(time)) {
          throw new IllegalStateException("no " + time);
        } else if (reject.test(time)) {
          out.originOf(in, row);
          out.reject("not " + time);
        } else if (!drop.test(time)) {
          out.copyRow(in, row);
        }
      }
    }
  }

  private static boolean none(int time) {
    return false;
  }

  @Test
  void aTransformMayDropAndReject() {
    rig.transforms.add(new Picky(t -> t == 0, t -> t == 1, PipelineDecodingTest::none));
    rig.source.bring(batch(A, 0, "m=1", "m=2", "m=3", "bad 1"));
    rig.start();
    rig.awaitAcknowledged(A, 4);
    assertThat(rig.write(1).lines()).isEqualTo("m v=3 2");
    assertThat(letters())
        .containsExactly(letter("decode", 3, "is bad 1"), letter("transform", 1, "not 1"));
    assertThat(rig.meters.count("rejected_events")).isEqualTo(1);
  }

  @Test
  void aTransformThatThrowsCostsOnlyTheRowsForWhichItThrows() {
    rig.transforms.add(new Picky(t -> t == 0, t -> t == 1, t -> t == 2));
    rig.transforms.add(
        new Picky(PipelineDecodingTest::none, t -> t == 4, PipelineDecodingTest::none));
    rig.source.bring(batch(A, 0, "m=1", "m=2", "m=3", "m=4", "m=5", "bad 1", "m=6"));
    rig.start();
    rig.awaitAcknowledged(A, 7);
    assertThat(rig.write(1).lines()).isEqualTo("m v=4 3\nm v=6 6");
    assertThat(letters())
        .containsExactly(
            letter("decode", 5, "is bad 1"),
            letter("transform", 1, "not 1"),
            letter(
                "transform",
                2,
                "transform 't1' failed on a point of this event:"
                    + " java.lang.IllegalStateException: no 2"),
            letter("transform", 4, "not 4"));
    assertThat(rig.letters).extracting(DeadLetter::line).containsOnly(Optional.empty());
  }

  @Test
  void theLogCallsATransformByItsName() {
    List<String> said = new CopyOnWriteArrayList<>();
    rig.transforms.add(new Picky(t -> t == 0, t -> t == 1, t -> t == 2));
    rig.source.bring(batch(A, 0, "m=1", "m=2", "m=3"));
    LogTap tap = new LogTap("pipeline under test", said);
    try {
      rig.start();
      rig.awaitAcknowledged(A, 3);
    } finally {
      tap.close();
    }
    assertThat(said).containsExactly("transform 't1' has a defect");
  }

  @Test
  void aTransformThatFailsOnOneRowOfAnEventCostsThatEventOneLetter() {
    rig.transforms.add(
        (in, out) -> {
          for (int row = 0; row < in.size(); row++) {
            if (in.text(in.firstField(row)).equals("1")) {
              throw new StackOverflowError();
            }
            out.copyRow(in, row);
          }
        });
    rig.source.bring(batch(A, 0, "m=5", "m*3", "m=6"));
    rig.start();
    rig.awaitAcknowledged(A, 3);
    assertThat(rig.write(1).lines()).isEqualTo("m v=5 0\nm v=0 1\nm v=2 1\nm v=6 2");
    assertThat(letters())
        .containsExactly(
            letter(
                "transform",
                1,
                "transform 't1' failed on a point of this event: java.lang.StackOverflowError"));
  }

  @Test
  void aTransformThatFailsOnlyOnSeveralRowsTogetherCostsNothing() {
    rig.transforms.add(
        (in, out) -> {
          if (in.size() > 1) {
            out.copyRow(in, 0);
            throw new IllegalStateException("too many");
          }
          out.copyRow(in, 0);
        });
    rig.source.bring(batch(A, 0, "m=1", "m=2", "m=3"));
    rig.start();
    rig.awaitAcknowledged(A, 3);
    assertThat(rig.write(1).lines()).isEqualTo("m v=1 0\nm v=2 1\nm v=3 2");
    assertThat(rig.letters).isEmpty();
  }
}
