package io.modelvane.engine.pipeline;

import io.modelvane.engine.config.PipelineOptions;
import io.modelvane.spi.DataSize;
import io.modelvane.spi.SinkTraits;
import java.time.Duration;

/** How a pipeline works: the least of what its sinks like, unless its options say otherwise. */
final class Traits {
  private Traits() {}

  static SinkTraits of(PipelineParts parts) {
    int inFlight = Integer.MAX_VALUE;
    int rows = Integer.MAX_VALUE;
    long bytes = Long.MAX_VALUE;
    Duration linger = Duration.ofDays(1);
    boolean exclusive = false;
    for (NamedSink sink : parts.sinks()) {
      SinkTraits traits = sink.sink().traits();
      inFlight = Math.min(inFlight, traits.maxInFlight());
      rows = Math.min(rows, traits.maxRows());
      bytes = Math.min(bytes, traits.maxBytes().bytes());
      linger = linger.compareTo(traits.linger()) < 0 ? linger : traits.linger();
      exclusive |= traits.exclusive();
    }
    PipelineOptions options = parts.options();
    return new SinkTraits(
        options.maxInFlight().orElse(inFlight),
        options.maxRows().orElse(rows),
        new DataSize(bytes),
        options.linger().orElse(linger),
        exclusive);
  }
}
