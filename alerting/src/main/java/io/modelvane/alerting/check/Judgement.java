package io.modelvane.alerting.check;

import java.util.Optional;

/**
 * How a threshold is judged.
 *
 * @param ladder how calls are, and windows too
 * @param frame how windows are; empty where calls are judged one by one
 * @param quorums where single values of a window are counted
 */
record Judgement(Ladder ladder, Optional<Frame> frame, Optional<Quorums> quorums) {
  /** The same text for the same judgement. */
  String definition() {
    return frame.map(Frame::definition).orElseGet(() -> ladder.definition() + " calls");
  }
}
