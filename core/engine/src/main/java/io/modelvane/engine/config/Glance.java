package io.modelvane.engine.config;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A part of a configuration, read for a command that needs no more of it. What was not asked for
 * has its defaults.
 *
 * @param engine what concerns the whole; present when there is no problem
 * @param deadLetters where dead letters go; present when there is no problem
 * @param pipelines the names of the pipelines
 * @param problems what is wrong with the part
 */
public record Glance(
    Optional<EngineOptions> engine,
    Optional<ComponentDefinition> deadLetters,
    Set<String> pipelines,
    List<Problem> problems) {
  /** Copies the collections. */
  public Glance {
    pipelines = Set.copyOf(pipelines);
    problems = List.copyOf(problems);
  }
}
