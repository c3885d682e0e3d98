package io.modelvane.alerting.api;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.modelvane.alerting.outbox.OutboxView;
import io.modelvane.alerting.why.Chapter;
import io.modelvane.alerting.why.Verdict;
import io.modelvane.alerting.why.WhyNot;
import io.modelvane.spi.ApiResponse;
import io.modelvane.spi.Incident;
import io.modelvane.spi.Series;
import io.modelvane.spi.Status;
import io.modelvane.spi.Tag;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.ToLongFunction;

/** The shapes of the API. Times are ISO 8601 in UTC; what is not known is left out. */
final class Json {
  private Json() {}

  static ObjectNode object() {
    return JsonNodeFactory.instance.objectNode();
  }

  static ApiResponse ok(ObjectNode body) {
    return ApiResponse.json(200, body.toString());
  }

  /**
   * A page of a list.
   *
   * @param found one more than {@code limit} when there is another page
   */
  static <T> ApiResponse page(
      List<T> found, int limit, ToLongFunction<T> number, Function<T, ObjectNode> shape) {
    boolean more = found.size() > limit;
    List<T> shown = more ? found.subList(0, limit) : found;
    ObjectNode page = object();
    ArrayNode items = page.putArray("items");
    shown.forEach(one -> items.add(shape.apply(one)));
    if (more) {
      page.put("next", Long.toString(number.applyAsLong(shown.get(limit - 1))));
    }
    return ok(page);
  }

  /** A list that is never long. */
  static <T> ApiResponse all(List<T> all, Function<T, ObjectNode> shape) {
    return page(all, all.size(), one -> 0, shape);
  }

  static ObjectNode series(Series series) {
    ObjectNode node = object().put("measurement", series.measurement());
    ObjectNode tags = node.putObject("tags");
    for (Tag tag : series.tags()) {
      tags.put(tag.key(), tag.value());
    }
    return node;
  }

  static ObjectNode incident(OutboxView.KnownIncident known) {
    Incident incident = known.incident();
    ObjectNode node =
        object()
            .put("id", incident.id())
            .put("key", incident.key())
            .put("check", incident.check())
            .put("state", known.ended().isPresent() ? "ended" : "open")
            .put("level", incident.level().text())
            .put("worst", incident.worst().text())
            .put("since", incident.since().toString());
    known.ended().ifPresent(time -> node.put("ended", time.toString()));
    node.put("breaches", incident.breaches());
    node.set("series", series(incident.series()));
    node.set("status", status(known.status()));
    return node;
  }

  static ObjectNode status(Status status) {
    ObjectNode node =
        object()
            .put("check", status.check())
            .put("check_type", status.checkType())
            .put("level", status.level().text())
            .put("message", status.message())
            .put("time", status.time().toString())
            .put("source_time", status.sourceTime().toString());
    status.field().ifPresent(field -> node.put("field", field));
    status.value().ifPresent(value -> node.put("value", value));
    ObjectNode details = node.putObject("details");
    new TreeMap<>(status.details()).forEach(details::put);
    return node;
  }

  static ObjectNode verdict(Verdict verdict) {
    ObjectNode node = status(verdict.status());
    node.put("previous", verdict.previous().text())
        .put("step", verdict.step().name().toLowerCase(Locale.ROOT))
        .put("incident", verdict.incident());
    verdict.complete().ifPresent(time -> node.put("complete_until", time.toString()));
    node.set("series", series(verdict.status().series()));
    return node;
  }

  static ObjectNode notification(OutboxView.Planned planned) {
    OutboxView.Fate fate = planned.fate();
    ObjectNode node =
        object()
            .put("id", planned.id())
            .put("endpoint", planned.told().endpoint())
            .put("incident", planned.told().incident())
            .put("rule", planned.told().rule())
            .put("step", planned.change().step().name().toLowerCase(Locale.ROOT))
            .put("previous", planned.change().previous().text())
            .put("level", planned.change().level().text())
            .put("decided", planned.decidedAt().toString())
            .put("state", fate.state())
            .put("attempts", fate.attempts())
            .put("possible_repeat", fate.maybeArrived());
    if (fate.ended().isPresent()) {
      node.put("ended", fate.ended().get().toString());
    } else {
      node.put("due", fate.due().toString());
    }
    return fate.reason().isEmpty() ? node : node.put("reason", fate.reason());
  }

  static ObjectNode chapter(Chapter chapter) {
    return object()
        .put("time", chapter.at().toString())
        .put("kind", chapter.kind())
        .put("text", chapter.text());
  }

  static ObjectNode answer(WhyNot.Answer answer) {
    ObjectNode node = object().put("level", answer.levelThen().text());
    node.set("series", series(answer.series()));
    ArrayNode facts = node.putArray("facts");
    answer.facts().forEach(facts::add);
    return node;
  }
}
