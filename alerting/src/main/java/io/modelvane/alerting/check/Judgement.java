package io.modelvane.alerting.check;

import java.util.Optional;

/**
 * How a threshold is judged.
 *
 * @param ladder how calls are, and windows too
 * @param frame how windows are; empty where calls are judged one by one
 * @param quorums where single values of a window are counted
 * @param forgetAfter nanoseconds without a call until one that is judged by itself counts no more;
 *     {@link Evaluator#NEVER} where it does until the next
 */
record Judgement(
    Ladder ladder, Optional<Frame> frame, Optional<Quorums> quorums, long forgetAfter) {
  /** An evaluator of single calls. */
  CallEvaluator ofCalls(CallMeasure measure) {
    return new CallEvaluator(measure, ladder, forgetAfter);
  }

  /** The same text for the same judgement; when a call is forgotten is no part of it. */
  String definition() {
    return frame.map(Frame::definition).orElseGet(() -> ladder.definition() + " calls");
  }
}
