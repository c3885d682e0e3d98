package io.modelvane.alerting.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.modelvane.alerting.outbox.Outbox;
import io.modelvane.alerting.outbox.OutboxView;
import io.modelvane.spi.ApiResponse;
import io.modelvane.spi.ComponentContext;
import io.modelvane.spi.ComponentException;
import io.modelvane.spi.Delivery;
import io.modelvane.spi.Health;
import io.modelvane.spi.Notification;
import io.modelvane.spi.Outcome;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** {@code /endpoints}: how each does, and a test of it. */
final class EndpointOperations {
  // Less than a call of the API may take.
  private static final Duration LONGEST = Duration.ofSeconds(25);

  private final ComponentContext context;
  private final Outbox outbox;
  private final OutboxView view;

  EndpointOperations(ComponentContext context, Outbox outbox, OutboxView view) {
    this.context = context;
    this.outbox = outbox;
    this.view = view;
  }

  List<Route> routes() {
    return List.of(
        Route.of("GET endpoints", Set.of(), call -> list()),
        Route.of("POST endpoints/{name}/test", Set.of(), this::test));
  }

  private ApiResponse list() throws ComponentException {
    List<ObjectNode> all =
        context
            .state()
            .read(
                connection -> {
                  List<ObjectNode> endpoints = new ArrayList<>();
                  for (String name : outbox.endpoints()) {
                    endpoints.add(endpoint(connection, name));
                  }
                  return endpoints;
                });
    return Json.all(all, node -> node);
  }

  private ObjectNode endpoint(Connection connection, String name) throws SQLException {
    Health health = outbox.conditions().of("endpoint " + name);
    OutboxView.Waiting waiting = view.waiting(connection, name);
    ObjectNode node =
        Json.object()
            .put("name", name)
            .put("state", health.state().name().toLowerCase(Locale.ROOT))
            .put("reason", health.reason())
            .put("waiting", waiting.size());
    waiting.oldest().ifPresent(time -> node.put("oldest", time.toString()));
    view.lastSent(connection, name)
        .flatMap(planned -> planned.fate().ended())
        .ifPresent(time -> node.put("last_sent", time.toString()));
    return node;
  }

  private ApiResponse test(Call call) throws Refusal, ComponentException, InterruptedException {
    call.onlyMembers(Set.of());
    String name = call.variable();
    Instant before = context.clock().instant();
    CompletableFuture<Delivery> attempt =
        outbox
            .attempt(name, Notification.test(name, before))
            .orElseThrow(
                () ->
                    new Refusal(
                        404,
                        "no rule names an endpoint '%s'; there are %s"
                            .formatted(name, String.join(", ", outbox.endpoints()))));
    Delivery delivery = await(attempt, name);
    Duration took = Duration.between(before, context.clock().instant());
    return Json.ok(result(name, delivery, took));
  }

  private Delivery await(CompletableFuture<Delivery> attempt, String name)
      throws ComponentException, InterruptedException {
    try {
      return attempt.get(LONGEST.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException late) {
      attempt.cancel(false);
      throw late;
    } catch (TimeoutException busy) {
      attempt.cancel(false);
      throw failed(name, "has not come to it within %d s".formatted(LONGEST.toSeconds()), busy);
    } catch (CancellationException | ExecutionException stopped) {
      throw failed(name, "has stopped", stopped);
    }
  }

  private ComponentException failed(String name, String what, Exception cause) {
    String reason = outbox.conditions().of("endpoint " + name).reason();
    return new ComponentException(
        Outcome.Kind.RETRYABLE,
        "the worker of endpoint %s %s%s"
            .formatted(name, what, reason.isEmpty() ? "" : ": " + reason),
        cause);
  }

  private ObjectNode result(String name, Delivery delivery, Duration took) {
    Outcome outcome = delivery.outcome();
    ObjectNode node =
        Json.object()
            .put("endpoint", name)
            .put("delivered", outcome.kind() == Outcome.Kind.DONE)
            .put("outcome", outcome.kind().name().toLowerCase(Locale.ROOT))
            .put("reason", context.redact(outcome.reason()))
            .put("answer", context.redact(delivery.answer()))
            .put("milliseconds", took.toMillis());
    delivery.statusCode().ifPresent(code -> node.put("status_code", code));
    return node;
  }
}
