/**
 * Reads events from Apache Kafka with a consumer group per pipeline, and keeps dead letters there.
 */
@NullMarked
package io.modelvane.kafka;

import org.jspecify.annotations.NullMarked;
