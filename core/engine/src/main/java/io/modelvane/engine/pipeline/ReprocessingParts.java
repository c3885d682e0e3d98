package io.modelvane.engine.pipeline;

import io.modelvane.engine.config.PipelineOptions;
import io.modelvane.spi.Decoder;
import java.time.Duration;
import java.util.List;

/**
 * What a {@link Reprocessing} is made of.
 *
 * @param pipeline its name in the configuration
 * @param options its options
 * @param decoder of its own
 * @param transforms of its own
 * @param patience how long a sink may fail, in ways that may pass, before it is given up
 */
public record ReprocessingParts(
    String pipeline,
    PipelineOptions options,
    Decoder decoder,
    List<NamedTransform> transforms,
    Duration patience) {
  /** Copies the list. */
  public ReprocessingParts {
    transforms = List.copyOf(transforms);
  }
}
