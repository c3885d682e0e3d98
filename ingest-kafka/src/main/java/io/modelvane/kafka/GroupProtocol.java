package io.modelvane.kafka;

/** How a consumer group agrees on its partitions. */
enum GroupProtocol {
  /** Cooperative rebalancing among the members. */
  CLASSIC,
  /** Assignment by the broker (KIP-848); needs Kafka 4. */
  CONSUMER
}
