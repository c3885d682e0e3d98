package io.modelvane.alerting.api;

import io.modelvane.alerting.check.Check;
import io.modelvane.alerting.outbox.Outbox;
import io.modelvane.alerting.outbox.OutboxView;
import io.modelvane.alerting.why.Chronicle;
import io.modelvane.alerting.why.Running;
import io.modelvane.spi.ApiResponse;
import io.modelvane.spi.ComponentContext;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/** The operations of the API. Reads go to the database, beside the writer. */
public final class AlertingApi {
  private static final String DOCUMENT = "openapi.json";

  private final ComponentContext context;
  private final Router router;

  /**
   * What the API tells of.
   *
   * @param checks as configured
   * @param running the checks as they run
   * @param chronicle changes of levels
   */
  public record Subjects(List<Check> checks, Running running, Chronicle chronicle) {}

  /** The API of one component; serves nothing yet. */
  public AlertingApi(ComponentContext context, Outbox outbox, Subjects subjects) {
    this.context = context;
    OutboxView view = new OutboxView(context.state());
    IncidentFinder finder = new IncidentFinder(context.state(), view);
    List<Route> routes = new ArrayList<>();
    routes.addAll(new IncidentOperations(context, outbox, finder, subjects.chronicle()).routes());
    routes.addAll(
        new ResponseOperations(outbox.acknowledgements(), finder, context.clock()).routes());
    routes.addAll(new CloseOperations(subjects.running(), finder).routes());
    routes.addAll(new SilenceOperations(outbox.silences(), context.clock()).routes());
    routes.addAll(new ListOperations(context, view, subjects).routes());
    routes.addAll(new EndpointOperations(context, outbox, view).routes());
    routes.addAll(new WhyOperations(context, outbox, subjects).routes());
    routes.add(Route.of("GET " + DOCUMENT, Set.of(), call -> ApiResponse.json(200, document())));
    this.router = new Router(routes);
  }

  /** Begins to answer; may be called again. */
  public void serve() {
    router.serve(context);
  }

  Router router() {
    return router;
  }

  static String document() {
    try (InputStream file = AlertingApi.class.getResourceAsStream(DOCUMENT)) {
      return new String(
          Objects.requireNonNull(file, DOCUMENT).readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }
}
