package io.modelvane.spi;

/**
 * A part of a source whose events are in order: a Kafka topic-partition.
 *
 * @param stream the topic
 * @param partition its number
 * @param incarnation tells a stream from an earlier one of the same name (Kafka's topic id), so
 *     that offsets which start again are not taken for a replay; empty where the source knows none
 */
public record Split(String stream, int partition, String incarnation) implements Comparable<Split> {
  /** A split of a source that does not tell incarnations. */
  public Split(String stream, int partition) {
    this(stream, partition, "");
  }

  @Override
  public int compareTo(Split other) {
    int byStream = stream.compareTo(other.stream);
    if (byStream != 0) {
      return byStream;
    }
    int byPartition = Integer.compare(partition, other.partition);
    return byPartition != 0 ? byPartition : incarnation.compareTo(other.incarnation);
  }

  /** {@code topic-3}, as Kafka writes it. */
  @Override
  public String toString() {
    return stream + "-" + partition;
  }
}
