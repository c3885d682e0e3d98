package io.modelvane.engine.pipeline;

import io.modelvane.spi.Meters;
import java.util.Map;

/** What a pipeline counts, per batch. */
final class PipelineMeters {
  final Meters.Counter events;
  final Meters.Counter rows;
  final Meters.Counter rejected;
  final Meters.Counter withoutRows;
  final Meters.Counter batches;
  final Meters.Counter retries;
  final Meters.Counter collisions;
  final Meters.Counter deadLetters;
  final Meters.Counter acknowledgements;
  final Meters.Timer batchTime;

  PipelineMeters(Meters meters) {
    events = meters.counter("events", "Events read from the source.");
    rows = meters.counter("rows", "Rows handed to the sinks.");
    rejected = meters.counter("rejected_events", "Events that could not be decoded.");
    withoutRows = meters.counter("empty_batches", "Batches in which no event gave a row.");
    batches = meters.counter("batches", "Batches handed to the sinks.");
    retries = meters.counter("retries", "Attempts to write that failed and are made again.");
    collisions = meters.counter("collisions", "Points that overwrite the point of another event.");
    deadLetters = meters.counter("dead_letters", "Dead letters kept.");
    acknowledgements = meters.counter("acknowledgements", "Times the position moved on.");
    batchTime =
        meters.timer("batch_seconds", "From handing a batch out until it is done.", Map.of());
  }
}
