package io.modelvane.engine.pipeline;

import io.modelvane.spi.Sink;

/**
 * A sink and its name.
 *
 * @param name its name in the configuration
 * @param sink the sink
 */
public record NamedSink(String name, Sink sink) {}
