package io.modelvane.alerting.api;

import io.modelvane.alerting.outbox.OutboxView.KnownIncident;
import io.modelvane.alerting.response.Response;
import io.modelvane.alerting.why.Running;
import io.modelvane.spi.ApiResponse;
import io.modelvane.spi.ComponentException;
import java.util.List;
import java.util.Set;

/** Ends incidents by hand that nothing else ends any more. */
final class CloseOperations {
  private final Running running;
  private final IncidentFinder finder;

  CloseOperations(Running running, IncidentFinder finder) {
    this.running = running;
    this.finder = finder;
  }

  List<Route> routes() {
    return List.of(Route.of("POST incidents/{id}/close", Set.of(), this::close));
  }

  private ApiResponse close(Call call) throws Refusal, ComponentException, InterruptedException {
    call.onlyMembers(Set.of("author", "comment"));
    KnownIncident known = finder.find(call.variable());
    String id = known.incident().id();
    Response.Remark remark;
    try {
      remark = new Response.Remark(call.text("author"), call.text("comment"));
    } catch (IllegalArgumentException wrong) {
      throw new Refusal(400, String.valueOf(wrong.getMessage()));
    }
    if (!running.close(id, remark.author(), remark.comment())) {
      throw new Refusal(
          409,
          known.ended().isPresent()
              ? "the incident is over"
              : "no check holds it open; a group ends with its incidents");
    }
    return Json.ok(Json.incident(finder.find(id)));
  }
}
