/** Reads events from Apache Kafka and keeps dead letters in a topic. */
@NullMarked
package io.modelvane.kafka;

import org.jspecify.annotations.NullMarked;
