package io.modelvane.engine;

import com.google.inject.AbstractModule;
import com.google.inject.Scopes;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.modelvane.engine.config.Configuration;
import io.modelvane.engine.observe.ApiRoutes;
import io.modelvane.engine.observe.HealthBoard;
import io.modelvane.engine.state.DataFolder;
import io.modelvane.engine.state.StateDatabase;
import java.time.Clock;

/** Every binding of the engine, explicitly. */
final class EngineModule extends AbstractModule {
  private final Configuration configuration;
  private final Clock clock;
  private final DataFolder folder;
  private final PrometheusMeterRegistry registry;

  EngineModule(
      Configuration configuration,
      Clock clock,
      DataFolder folder,
      PrometheusMeterRegistry registry) {
    this.configuration = configuration;
    this.clock = clock;
    this.folder = folder;
    this.registry = registry;
  }

  @Override
  protected void configure() {
    binder().requireExplicitBindings();
    binder().disableCircularProxies();
    bind(Configuration.class).toInstance(configuration);
    bind(Clock.class).toInstance(clock);
    bind(DataFolder.class).toInstance(folder);
    bind(MeterRegistry.class).toInstance(registry);
    bind(PrometheusMeterRegistry.class).toInstance(registry);
    bind(StateDatabase.class).toInstance(new StateDatabase(folder.path().resolve("state.db")));
    bind(HealthBoard.class).toInstance(new HealthBoard(configuration.redactor()::redact));
    bind(ApiRoutes.class).toInstance(new ApiRoutes());
    bind(Contexts.class).in(Scopes.SINGLETON);
    bind(Components.class).in(Scopes.SINGLETON);
    bind(Pipelines.class).in(Scopes.SINGLETON);
  }
}
