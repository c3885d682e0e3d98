package io.modelvane.kafka;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A topic as it was at some time. It is written beside each committed position, so that a later
 * reader can tell whether the position belongs to the topic of that name that exists then, and
 * which partitions have been added since.
 *
 * @param id Kafka's topic id; empty where the brokers know none
 * @param partitions how many partitions it had
 */
record Topic(String id, int partitions) {
  private static final Pattern NOTE = Pattern.compile("modelvane/1 (\\S*) (\\d{1,9})");

  static final Topic UNKNOWN = new Topic("", 0);

  String note() {
    return "modelvane/1 " + id + " " + partitions;
  }

  /** Reads a note; empty when somebody else committed the position. */
  static Optional<Topic> fromNote(String text) {
    Matcher matcher = NOTE.matcher(text);
    return matcher.matches()
        ? Optional.of(new Topic(matcher.group(1), Integer.parseInt(matcher.group(2))))
        : Optional.empty();
  }

  /** Whether both are known and differ: the topic was deleted and made again. */
  boolean isOther(Topic topic) {
    return isOther(topic.id());
  }

  boolean isOther(String otherId) {
    return !id.isEmpty() && !otherId.isEmpty() && !id.equals(otherId);
  }
}
