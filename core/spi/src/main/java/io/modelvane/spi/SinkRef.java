package io.modelvane.spi;

/**
 * The name of a configured sink, as an option's value. The engine checks that it exists, starts
 * that sink first and stops it last; {@link ComponentContext#sink(SinkRef)} gives it.
 *
 * @param name as under {@code sinks:} in the configuration
 */
public record SinkRef(String name) {}
