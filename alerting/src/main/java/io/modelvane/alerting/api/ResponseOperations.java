package io.modelvane.alerting.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.modelvane.alerting.outbox.OutboxView.KnownIncident;
import io.modelvane.alerting.response.Acknowledgements;
import io.modelvane.alerting.response.Response;
import io.modelvane.spi.ApiResponse;
import io.modelvane.spi.ComponentException;
import java.time.Clock;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What one may say to an incident: that one sees to it, and that one wants quiet. */
final class ResponseOperations {
  private static final Set<String> REMARK = Set.of("author", "comment");

  private final Acknowledgements acknowledgements;
  private final IncidentFinder finder;
  private final Clock clock;

  ResponseOperations(Acknowledgements acknowledgements, IncidentFinder finder, Clock clock) {
    this.acknowledgements = acknowledgements;
    this.finder = finder;
    this.clock = clock;
  }

  List<Route> routes() {
    return List.of(
        Route.of("POST incidents/{id}/acknowledge", Set.of(), this::acknowledge),
        Route.of("POST incidents/{id}/unacknowledge", Set.of(), this::unacknowledge),
        Route.of("POST incidents/{id}/snooze", Set.of(), this::snooze),
        Route.of("POST incidents/{id}/wake", Set.of(), this::wake));
  }

  /** Says something to an incident. */
  @FunctionalInterface
  private interface Saying {
    Optional<Response> to(String incident, Response.Remark remark) throws ComponentException;
  }

  private ApiResponse acknowledge(Call call) throws Refusal, ComponentException {
    call.onlyMembers(REMARK);
    return say(call, acknowledgements::acknowledge);
  }

  private ApiResponse unacknowledge(Call call) throws Refusal, ComponentException {
    call.onlyMembers(REMARK);
    return say(call, acknowledgements::unacknowledge);
  }

  private ApiResponse snooze(Call call) throws Refusal, ComponentException {
    Set<String> members = new HashSet<>(REMARK);
    members.addAll(List.of("until", "for"));
    call.onlyMembers(members);
    Instant until = call.end("until", clock.instant());
    return say(call, (incident, remark) -> acknowledgements.snooze(incident, until, remark));
  }

  private ApiResponse wake(Call call) throws Refusal, ComponentException {
    call.onlyMembers(REMARK);
    return say(call, acknowledgements::wake);
  }

  private ApiResponse say(Call call, Saying saying) throws Refusal, ComponentException {
    KnownIncident known = finder.find(call.variable());
    Optional<Response> said;
    try {
      Response.Remark remark = new Response.Remark(call.text("author"), call.text("comment"));
      said = saying.to(known.incident().id(), remark);
    } catch (IllegalArgumentException wrong) {
      throw new Refusal(400, String.valueOf(wrong.getMessage()));
    }
    if (said.isEmpty()) {
      throw new Refusal(409, "the incident is over; there is nothing to say to it any more");
    }
    return Json.ok(add(said.get(), Json.incident(known), clock.instant()));
  }

  /** Adds what was said to the shape of an incident. */
  static ObjectNode add(Response response, ObjectNode incident, Instant now) {
    response
        .acknowledged()
        .ifPresent(said -> remark(incident.putObject("acknowledged"), said.remark(), said.at()));
    if (response.quietUntil(now).isPresent()) {
      response
          .snoozed()
          .ifPresent(
              said ->
                  remark(incident.putObject("snoozed"), said.remark(), said.at())
                      .put("until", said.until().toString()));
    }
    return incident;
  }

  private static ObjectNode remark(ObjectNode node, Response.Remark remark, Instant at) {
    return node.put("author", remark.author())
        .put("comment", remark.comment())
        .put("time", at.toString());
  }
}
