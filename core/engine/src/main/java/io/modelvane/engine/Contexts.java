package io.modelvane.engine;

import com.google.inject.Inject;
import io.micrometer.core.instrument.MeterRegistry;
import io.modelvane.engine.config.ComponentDefinition;
import io.modelvane.engine.config.Configuration;
import io.modelvane.engine.observe.ApiRoutes;
import io.modelvane.engine.observe.HealthBoard;
import io.modelvane.engine.observe.MicrometerMeters;
import io.modelvane.engine.state.DataFolder;
import io.modelvane.engine.state.StateDatabase;
import io.modelvane.spi.Meters;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Makes the context of each component. */
final class Contexts {
  private final Configuration configuration;
  private final Clock clock;
  private final MeterRegistry registry;
  private final HealthBoard health;
  private final DataFolder folder;
  private final StateDatabase database;
  private final ApiRoutes api;

  @Inject
  Contexts(
      Configuration configuration,
      Clock clock,
      MeterRegistry registry,
      HealthBoard health,
      DataFolder folder,
      StateDatabase database,
      ApiRoutes api) {
    this.configuration = configuration;
    this.clock = clock;
    this.registry = registry;
    this.health = health;
    this.folder = folder;
    this.database = database;
    this.api = api;
  }

  EngineContext context(
      ComponentDefinition definition, Optional<String> pipeline, Components components) {
    return new EngineContext(definition, pipeline, this, components);
  }

  Meters meters(ComponentDefinition definition, Optional<String> pipeline) {
    Map<String, String> tags = new LinkedHashMap<>();
    tags.put("component", definition.name());
    pipeline.ifPresent(name -> tags.put("pipeline", name));
    return new MicrometerMeters(registry, "modelvane_" + definition.kind().text() + "_", tags);
  }

  Clock clock() {
    return clock;
  }

  HealthBoard health() {
    return health;
  }

  DataFolder folder() {
    return folder;
  }

  StateDatabase database() {
    return database;
  }

  ApiRoutes api() {
    return api;
  }

  String redact(String text) {
    return configuration.redactor().redact(text);
  }
}
