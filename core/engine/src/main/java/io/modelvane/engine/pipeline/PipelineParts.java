package io.modelvane.engine.pipeline;

import io.modelvane.engine.config.PipelineOptions;
import io.modelvane.spi.Decoder;
import io.modelvane.spi.Source;
import java.util.List;

/**
 * What a pipeline is made of.
 *
 * @param name its name in the configuration
 * @param options its options
 * @param source of its own
 * @param decoder of its own
 * @param transforms of its own
 * @param sinks shared
 * @param deadLetters shared
 */
public record PipelineParts(
    String name,
    PipelineOptions options,
    Source source,
    Decoder decoder,
    List<NamedTransform> transforms,
    List<NamedSink> sinks,
    DeadLetterPort deadLetters) {
  /** Copies the lists. */
  public PipelineParts {
    transforms = List.copyOf(transforms);
    sinks = List.copyOf(sinks);
  }
}
