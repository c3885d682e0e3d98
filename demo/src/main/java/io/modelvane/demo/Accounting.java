package io.modelvane.demo;

import java.util.ArrayList;
import java.util.List;

/**
 * Whether every message ended where it belongs.
 *
 * @param produced what Kafka acknowledged
 * @param storedRows rows in the store
 * @param storedCalls different request ids among them
 * @param deadLetters different messages among the dead letters of the pipeline that stores
 */
record Accounting(TrafficCounts produced, long storedRows, long storedCalls, long deadLetters) {

  /** What does not add up; empty if everything does. */
  List<String> problems() {
    List<String> problems = new ArrayList<>();
    if (produced.failed() > 0) {
      problems.add("Kafka did not take %,d messages".formatted(produced.failed()));
    }
    if (storedCalls != produced.calls()) {
      problems.add("%,d calls produced but %,d stored".formatted(produced.calls(), storedCalls));
    }
    if (deadLetters != produced.malformed()) {
      problems.add(
          "%,d malformed messages produced but %,d dead letters"
              .formatted(produced.malformed(), deadLetters));
    }
    if (storedRows != storedCalls) {
      problems.add("%,d rows for %,d calls".formatted(storedRows, storedCalls));
    }
    return problems;
  }

  /** For people. */
  String words() {
    return "%,d produced = %,d stored + %,d dead-lettered; %,d stored twice"
        .formatted(produced.messages(), storedCalls, deadLetters, storedRows - storedCalls);
  }
}
