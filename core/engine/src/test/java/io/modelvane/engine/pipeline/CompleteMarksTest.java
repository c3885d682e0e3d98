package io.modelvane.engine.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

class CompleteMarksTest {
  private static final long MILLI = 1_000_000;

  private final CompleteMarks marks = new CompleteMarks();

  private static Instant at(long second) {
    return Instant.ofEpochSecond(second);
  }

  @Test
  void aMarkIsToldAtOnceWhenNothingIsOpen() {
    assertThat(marks.take(0)).isEmpty();
    marks.mark(at(1));
    assertThat(marks.take(0)).contains(at(1));
    assertThat(marks.take(1000 * MILLI)).isEmpty();
  }

  @Test
  void aMarkWaitsForWhatWasReadBeforeIt() {
    marks.read();
    marks.mark(at(1));
    assertThat(marks.take(0)).as("read, but not on its way").isEmpty();
    var stretch = marks.stretch();
    assertThat(marks.take(0)).as("on its way").isEmpty();
    marks.done(stretch);
    assertThat(marks.take(0)).contains(at(1));
  }

  @Test
  void whatIsReadAfterAMarkDoesNotHoldIt() {
    marks.read();
    var first = marks.stretch();
    marks.mark(at(1));
    marks.read();
    var second = marks.stretch();
    marks.mark(at(2));
    marks.done(first);
    assertThat(marks.take(0)).contains(at(1));
    marks.done(second);
    assertThat(marks.take(300 * MILLI)).contains(at(2));
  }

  @Test
  void laterBatchesThatAreDoneFirstTellNothing() {
    marks.read();
    var first = marks.stretch();
    marks.mark(at(1));
    marks.read();
    var second = marks.stretch();
    marks.mark(at(2));
    marks.done(second);
    assertThat(marks.take(0)).isEmpty();
    marks.done(first);
    assertThat(marks.take(0)).as("only the latest of the two").contains(at(2));
    assertThat(marks.take(1000 * MILLI)).isEmpty();
  }

  @Test
  void marksKeepTheirDistance() {
    marks.mark(at(1));
    assertThat(marks.take(0)).contains(at(1));
    marks.mark(at(2));
    assertThat(marks.take(199 * MILLI)).isEmpty();
    marks.mark(at(3));
    assertThat(marks.take(200 * MILLI)).contains(at(3));
  }

  @Test
  void timeNeverGoesBack() {
    marks.mark(at(5));
    assertThat(marks.take(0)).contains(at(5));
    marks.mark(at(4));
    assertThat(marks.take(500 * MILLI)).isEmpty();
    marks.mark(at(5));
    assertThat(marks.take(500 * MILLI)).isEmpty();
    marks.mark(at(6));
    assertThat(marks.take(500 * MILLI)).contains(at(6));
  }

  @Test
  void afterASplitWithABacklogCameOnlyItsOwnTimeCounts() {
    marks.mark(at(9));
    marks.mark(at(3));
    assertThat(marks.take(0)).contains(at(3));
  }

  /** Mark {@code n} follows read {@code n}: what is told must be below the oldest open read. */
  @RepeatedTest(200)
  void inWhateverOrderBatchesCompleteNothingOlderIsOpen(RepetitionInfo run) {
    Random random = new Random(run.getCurrentRepetition());
    List<CompleteMarks.Stretch> open = new ArrayList<>();
    List<Integer> lastRead = new ArrayList<>();
    int reads = 0;
    for (int i = 0; i < 30; i++) {
      for (int r = 0; r <= random.nextInt(3); r++) {
        marks.read();
        marks.mark(at(++reads));
      }
      open.add(marks.stretch());
      lastRead.add(reads);
    }
    List<Integer> order = new ArrayList<>();
    for (int i = 0; i < open.size(); i++) {
      order.add(i);
    }
    Collections.shuffle(order, random);
    List<Integer> done = new ArrayList<>();
    long now = 0;
    long told = 0;
    for (int index : order) {
      marks.done(open.get(index));
      done.add(index);
      now += 200 * MILLI;
      told = Math.max(told, marks.take(now).map(Instant::getEpochSecond).orElse(told));
      int contiguous = 0;
      while (done.contains(contiguous)) {
        contiguous++;
      }
      assertThat(told).isEqualTo(contiguous == 0 ? 0 : lastRead.get(contiguous - 1));
    }
  }
}
