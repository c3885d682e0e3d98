package io.modelvane.engine.config;

import io.modelvane.engine.plugin.ComponentKind;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/**
 * A configuration without problems. Components by kind and name, in the order of the file.
 *
 * @param engine what concerns the whole
 * @param components by kind, then by name; never missing a kind
 * @param deadLetters where dead letters go
 * @param pipelines by name; at least one
 * @param redactor knows every secret in it
 */
public record Configuration(
    EngineOptions engine,
    Map<ComponentKind, Map<String, ComponentDefinition>> components,
    ComponentDefinition deadLetters,
    Map<String, PipelineDefinition> pipelines,
    Redactor redactor) {
  /** Copies the maps, keeping their order. */
  public Configuration {
    components = Collections.unmodifiableMap(new LinkedHashMap<>(components));
    pipelines = Collections.unmodifiableMap(new LinkedHashMap<>(pipelines));
  }

  /** The components of a kind by name. */
  public Map<String, ComponentDefinition> of(ComponentKind kind) {
    return components.getOrDefault(kind, Map.of());
  }

  /** A component that is known to exist. */
  public ComponentDefinition component(ComponentKind kind, String name) {
    return Objects.requireNonNull(of(kind).get(name), () -> kind + " " + name);
  }
}
