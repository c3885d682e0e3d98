package io.modelvane.alerting.api;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.modelvane.alerting.check.Check;
import io.modelvane.alerting.outbox.Outbox;
import io.modelvane.alerting.why.WhyNot;
import io.modelvane.spi.ApiResponse;
import io.modelvane.spi.ComponentContext;
import io.modelvane.spi.ComponentException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** {@code /why-not}. */
final class WhyOperations {
  private final Clock clock;
  private final List<Check> checks;
  private final WhyNot whyNot;

  WhyOperations(ComponentContext context, Outbox outbox, AlertingApi.Subjects subjects) {
    this.clock = context.clock();
    this.checks = subjects.checks();
    this.whyNot = new WhyNot(context.state(), subjects.chronicle(), outbox, subjects.running());
  }

  List<Route> routes() {
    return List.of(Route.of("GET why-not", Set.of("check", "series", "at"), this::whyNot));
  }

  private ApiResponse whyNot(Call call) throws Refusal, ComponentException, InterruptedException {
    String check = call.required("check");
    List<String> names = checks.stream().map(Check::name).toList();
    if (!names.contains(check)) {
      throw new Refusal(
          404, "there is no check '%s'; there are %s".formatted(check, String.join(", ", names)));
    }
    Instant now = clock.instant();
    Optional<String> given = call.parameter("at");
    Instant at = given.isPresent() ? Call.time("at", given.get()) : now;
    if (at.isAfter(now)) {
      throw new Refusal(400, "the time is yet to come; it is " + now);
    }
    String series = call.parameter("series").orElse("");
    List<WhyNot.Answer> answers = whyNot.ask(WhyNot.Question.of(check, series, at, now));
    ObjectNode node = Json.object().put("check", check).put("at", at.toString());
    if (answers.isEmpty()) {
      node.put(
          "none",
          "no series that fits '%s' has been seen by this check since the start: is the name right, do its calls arrive, and does the check's own 'where' let them in?"
              .formatted(series));
    }
    ArrayNode list = node.putArray("series");
    answers.forEach(answer -> list.add(Json.answer(answer)));
    return Json.ok(node);
  }
}
