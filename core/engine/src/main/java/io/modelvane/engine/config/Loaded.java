package io.modelvane.engine.config;

import java.util.List;
import java.util.Optional;

/**
 * What came of loading a configuration.
 *
 * @param configuration present when there is no problem
 * @param problems all of them, sorted by place
 * @param warnings what works but is probably not meant
 */
public record Loaded(
    Optional<Configuration> configuration, List<Problem> problems, List<Problem> warnings) {}
