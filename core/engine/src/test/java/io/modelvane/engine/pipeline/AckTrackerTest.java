package io.modelvane.engine.pipeline;

import static io.modelvane.engine.pipeline.Rig.A;
import static io.modelvane.engine.pipeline.Rig.B;
import static org.assertj.core.api.Assertions.assertThat;

import io.modelvane.spi.Split;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

class AckTrackerTest {
  private final AckTracker tracker = new AckTracker();

  private record Open(Split split, long next, AckTracker.Segment segment) {}

  @Test
  void anOffsetMovesOnlyWhenEverythingBeforeItIsDone() {
    var first = tracker.add(A, 10, 1);
    var second = tracker.add(A, 20, 1);
    tracker.done(second);
    assertThat(tracker.takeAcknowledged()).isEmpty();
    tracker.done(first);
    assertThat(tracker.takeAcknowledged()).containsExactly(Map.entry(A, 20L));
    assertThat(tracker.takeAcknowledged()).isEmpty();
  }

  @Test
  void splitsDoNotWaitForEachOther() {
    tracker.add(A, 10, 1);
    tracker.done(tracker.add(B, 5, 1));
    assertThat(tracker.takeAcknowledged()).containsExactly(Map.entry(B, 5L));
    assertThat(tracker.isDrained(List.of(B))).isTrue();
    assertThat(tracker.isDrained(List.of(A, B))).isFalse();
  }

  @Test
  void whatBelongsToAnEarlierLifeOfASplitChangesNothing() {
    var old = tracker.add(A, 10, 1);
    tracker.forget(List.of(A));
    assertThat(tracker.isDrained(List.of(A))).isTrue();
    var fresh = tracker.add(A, 7, 1);
    tracker.done(old);
    assertThat(tracker.takeAcknowledged()).isEmpty();
    tracker.done(fresh);
    assertThat(tracker.takeAcknowledged()).containsExactly(Map.entry(A, 7L));
  }

  /** Against the obvious oracle: the end of the longest run of done segments from the start. */
  @RepeatedTest(200)
  void inWhateverOrderBatchesCompleteOnlyContiguousRunsAreAcknowledged(RepetitionInfo run) {
    Random random = new Random(run.getCurrentRepetition());
    Map<Split, List<Open>> all = new HashMap<>();
    List<Open> open = new ArrayList<>();
    Map<Split, Long> acknowledged = new HashMap<>();
    for (Split split : List.of(A, B)) {
      long next = random.nextInt(100);
      for (int i = 0; i < 1 + random.nextInt(20); i++) {
        next += random.nextInt(5);
        Open added = new Open(split, next, tracker.add(split, next, 1));
        all.computeIfAbsent(split, s -> new ArrayList<>()).add(added);
        open.add(added);
      }
    }
    Collections.shuffle(open, random);
    while (!open.isEmpty()) {
      tracker.done(open.remove(0).segment());
      if (random.nextInt(3) == 0 || open.isEmpty()) {
        acknowledged.putAll(tracker.takeAcknowledged());
        assertThat(acknowledged).isEqualTo(expected(all, open));
      }
    }
  }

  private static Map<Split, Long> expected(Map<Split, List<Open>> all, List<Open> open) {
    Map<Split, Long> expected = new HashMap<>();
    all.forEach(
        (split, segments) -> {
          for (Open segment : segments) {
            if (open.contains(segment)) {
              return;
            }
            expected.put(split, segment.next());
          }
        });
    return expected;
  }
}
