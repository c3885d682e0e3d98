package io.modelvane.alerting.api;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.modelvane.alerting.outbox.Outbox;
import io.modelvane.alerting.outbox.OutboxView;
import io.modelvane.alerting.outbox.OutboxView.KnownIncident;
import io.modelvane.alerting.outbox.OutboxView.Planned;
import io.modelvane.alerting.response.Acknowledgements;
import io.modelvane.alerting.response.Response;
import io.modelvane.alerting.why.Chapter;
import io.modelvane.alerting.why.Chronicle;
import io.modelvane.alerting.why.Story;
import io.modelvane.spi.ApiResponse;
import io.modelvane.spi.ComponentContext;
import io.modelvane.spi.ComponentException;
import io.modelvane.spi.Level;
import io.modelvane.spi.StateStore;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Predicate;

/** {@code /incidents}. */
final class IncidentOperations {
  /** Which incidents are asked for. */
  enum Which {
    /** Those that are open. */
    OPEN,
    /** Those that are over. */
    ENDED,
    /** All that are kept. */
    ANY;

    boolean fits(KnownIncident known) {
      return this == ANY || (this == OPEN) == known.ended().isEmpty();
    }
  }

  private final StateStore store;
  private final Clock clock;
  private final OutboxView view;
  private final Acknowledgements acknowledgements;
  private final IncidentFinder finder;
  private final Story story;

  IncidentOperations(
      ComponentContext context, Outbox outbox, IncidentFinder finder, Chronicle chronicle) {
    this.store = context.state();
    this.clock = context.clock();
    this.view = new OutboxView(store);
    this.acknowledgements = outbox.acknowledgements();
    this.finder = finder;
    this.story = new Story(chronicle, view, outbox);
  }

  List<Route> routes() {
    Set<String> filters = Set.of("state", "check", "level", "limit", "cursor");
    return List.of(
        Route.of("GET incidents", filters, this::list),
        Route.of("GET incidents/{id}", Set.of(), this::one),
        Route.of("GET incidents/{id}/why", Set.of(), this::why));
  }

  private ApiResponse list(Call call) throws Refusal, ComponentException {
    Which which = call.parameter("state", Which.class).orElse(Which.OPEN);
    Optional<String> check = call.parameter("check");
    Optional<Level> level = call.parameter("level", Level.class);
    Predicate<KnownIncident> wanted =
        known ->
            which.fits(known)
                && check.filter(name -> !name.equals(known.incident().check())).isEmpty()
                && level.filter(one -> one != known.incident().level()).isEmpty();
    int limit = call.limit();
    OptionalLong cursor = call.cursor();
    List<KnownIncident> found =
        store.read(
            connection ->
                view.incidents(connection, new OutboxView.Slice(cursor, limit + 1), wanted));
    Map<String, Response> said = acknowledgements.list();
    Instant now = clock.instant();
    return Json.page(
        found,
        limit,
        KnownIncident::seq,
        known -> {
          Response response = said.get(known.incident().id());
          return response == null
              ? Json.incident(known)
              : ResponseOperations.add(response, Json.incident(known), now);
        });
  }

  private ApiResponse one(Call call) throws Refusal, ComponentException {
    KnownIncident known = finder.find(call.variable());
    ObjectNode node = shape(known);
    ArrayNode notifications = node.putArray("notifications");
    List<Planned> told =
        store.read(
            connection -> {
              List<Planned> both = new ArrayList<>();
              both.addAll(view.notificationsOf(connection, known.incident().id()));
              both.addAll(view.groupNotificationsOf(connection, known.incident().id()));
              return both;
            });
    told.forEach(planned -> notifications.add(Json.notification(planned)));
    return Json.ok(node);
  }

  private ApiResponse why(Call call) throws Refusal, ComponentException {
    KnownIncident known = finder.find(call.variable());
    List<Chapter> chapters = story.tell(store, known.incident().id());
    ObjectNode node = Json.object();
    node.set("incident", shape(known));
    ArrayNode told = node.putArray("story");
    chapters.forEach(chapter -> told.add(Json.chapter(chapter)));
    return Json.ok(node);
  }

  private ObjectNode shape(KnownIncident known) throws ComponentException {
    Response said = acknowledgements.find(known.incident().id());
    return ResponseOperations.add(said, Json.incident(known), clock.instant());
  }
}
