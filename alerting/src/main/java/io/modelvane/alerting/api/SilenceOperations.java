package io.modelvane.alerting.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.modelvane.alerting.outbox.OutboxView;
import io.modelvane.alerting.silence.Matchers;
import io.modelvane.alerting.silence.Silence;
import io.modelvane.alerting.silence.Silences;
import io.modelvane.spi.ApiResponse;
import io.modelvane.spi.ComponentContext;
import io.modelvane.spi.ComponentException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Predicate;

/** {@code /silences}. */
final class SilenceOperations {
  private static final Set<String> MEMBERS =
      Set.of("matchers", "starts", "ends", "for", "author", "comment");

  private final Silences silences;
  private final ComponentContext context;
  private final OutboxView view;

  SilenceOperations(Silences silences, ComponentContext context, OutboxView view) {
    this.silences = silences;
    this.context = context;
    this.view = view;
  }

  List<Route> routes() {
    return List.of(
        Route.of("GET silences", Set.of("state", "limit", "cursor"), this::list),
        Route.of("POST silences", Set.of(), this::create),
        Route.of("GET silences/{id}", Set.of(), this::one),
        Route.of("DELETE silences/{id}", Set.of("author"), this::end));
  }

  private ApiResponse list(Call call) throws Refusal, ComponentException {
    Optional<Silence.State> state = call.parameter("state", Silence.State.class);
    Instant now = context.clock().instant();
    int limit = call.limit();
    List<Silences.Numbered> found =
        silences.list(call.cursor().orElse(Long.MAX_VALUE)).stream()
            .filter(each -> state.isEmpty() || each.silence().state(now) == state.get())
            .limit(limit + 1L)
            .toList();
    return Json.page(found, limit, Silences.Numbered::number, each -> shape(each.silence(), now));
  }

  private ApiResponse create(Call call) throws Refusal, ComponentException {
    call.onlyMembers(MEMBERS);
    Instant now = context.clock().instant();
    Instant starts = call.time("starts").orElse(now);
    Instant ends = call.end("ends", starts);
    try {
      Silence made =
          silences.create(
              new Silence.Draft(
                  Matchers.parse(call.texts("matchers")),
                  starts,
                  ends,
                  call.text("author"),
                  call.text("comment")));
      return ApiResponse.json(201, whole(made).toString())
          .with("Location", "/api/v1/silences/" + made.id());
    } catch (IllegalArgumentException wrong) {
      throw new Refusal(400, String.valueOf(wrong.getMessage()));
    }
  }

  private ApiResponse one(Call call) throws Refusal, ComponentException {
    return answer(silences.find(call.variable()), call.variable());
  }

  private ApiResponse end(Call call) throws Refusal, ComponentException {
    return answer(silences.end(call.variable(), call.required("author")), call.variable());
  }

  private ApiResponse answer(Optional<Silence> found, String id)
      throws Refusal, ComponentException {
    if (found.isEmpty()) {
      throw new Refusal(404, "there is no silence " + id + "; ended ones are kept for seven days");
    }
    return Json.ok(whole(found.get()));
  }

  /** With how many incidents it is about: at night a name that is not quite right shows here. */
  private ObjectNode whole(Silence silence) throws ComponentException {
    Predicate<OutboxView.KnownIncident> covered =
        known ->
            known.ended().isEmpty()
                && !known.isGroup()
                && silence.draft().matchers().test(known.incident());
    OutboxView.Slice all = new OutboxView.Slice(OptionalLong.empty(), Integer.MAX_VALUE);
    int open = context.state().read(connection -> view.incidents(connection, all, covered).size());
    return shape(silence, context.clock().instant()).put("open_incidents", open);
  }

  private static ObjectNode shape(Silence silence, Instant now) {
    Silence.Draft draft = silence.draft();
    ObjectNode node =
        Json.object()
            .put("id", silence.id())
            .put("state", silence.state(now).text())
            .put("starts", draft.starts().toString())
            .put("ends", draft.ends().toString())
            .put("author", draft.author())
            .put("comment", draft.comment())
            .put("created", silence.created().toString());
    ObjectNode matchers = node.putObject("matchers");
    draft.matchers().texts().forEach(matchers::put);
    silence
        .ended()
        .ifPresent(
            ending -> node.put("ended", ending.at().toString()).put("ended_by", ending.by()));
    return node;
  }
}
