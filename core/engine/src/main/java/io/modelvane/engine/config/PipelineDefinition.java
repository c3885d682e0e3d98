package io.modelvane.engine.config;

/**
 * A configured pipeline.
 *
 * @param name its name in the configuration
 * @param decoder its decoder
 * @param options source, transforms, sinks and the rest
 * @param location where it begins
 */
public record PipelineDefinition(
    String name, ComponentDefinition decoder, PipelineOptions options, Location location) {}
