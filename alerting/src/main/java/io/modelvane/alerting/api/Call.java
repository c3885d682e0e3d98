package io.modelvane.alerting.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.modelvane.spi.ApiRequest;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A request to one operation; reads its parameters and its body, and says what is wrong. */
final class Call {
  static final int MOST = 1_000;
  private static final int USUAL = 100;
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Pattern DURATION = Pattern.compile("(\\d{1,6})(s|m|h|d)");

  private final ApiRequest request;
  private final List<String> variables;
  private final JsonNode body;

  Call(ApiRequest request, Route route, List<String> variables) throws Refusal {
    this.request = request;
    this.variables = variables;
    this.body = body(request.body());
    for (String name : request.query().keySet()) {
      if (!route.parameters().contains(name)) {
        throw new Refusal(
            400,
            "there is no parameter '%s' here; there are %s"
                .formatted(name, new TreeSet<>(route.parameters())));
      }
    }
  }

  private static JsonNode body(String text) throws Refusal {
    if (text.isBlank()) {
      return JsonNodeFactory.instance.objectNode();
    }
    try {
      JsonNode node = JSON.readTree(text);
      if (node != null && node.isObject()) {
        return node;
      }
      throw new Refusal(400, "the body has to be a JSON object");
    } catch (JsonProcessingException malformed) {
      throw new Refusal(400, "the body is not JSON: " + malformed.getOriginalMessage());
    }
  }

  /** What stands for the first variable segment of the path. */
  String variable() {
    return variables.get(0);
  }

  /** A parameter, when it is given and not empty. */
  Optional<String> parameter(String name) {
    return Optional.ofNullable(request.query().get(name)).filter(value -> !value.isBlank());
  }

  /** A parameter that has to be given. */
  String required(String name) throws Refusal {
    return parameter(name)
        .orElseThrow(() -> new Refusal(400, "the parameter '" + name + "' is missing"));
  }

  /** A parameter that is one of some words, in lower case. */
  <E extends Enum<E>> Optional<E> parameter(String name, Class<E> words) throws Refusal {
    Optional<String> given = parameter(name);
    if (given.isEmpty()) {
      return Optional.empty();
    }
    for (E word : words.getEnumConstants()) {
      if (word.name().equalsIgnoreCase(given.get())) {
        return Optional.of(word);
      }
    }
    throw new Refusal(
        400,
        "'%s' is no %s; there are %s"
            .formatted(
                given.get(),
                name,
                Arrays.toString(words.getEnumConstants()).toLowerCase(Locale.ROOT)));
  }

  int limit() throws Refusal {
    String text = parameter("limit").orElse(Integer.toString(USUAL));
    if (!text.matches("\\d{1,9}") || Integer.parseInt(text) < 1 || Integer.parseInt(text) > MOST) {
      throw new Refusal(400, "limit has to be a number from 1 to " + MOST);
    }
    return Integer.parseInt(text);
  }

  /** Where the page begins: what an earlier answer gave as {@code next}. */
  OptionalLong cursor() throws Refusal {
    Optional<String> text = parameter("cursor");
    if (text.isPresent() && !text.get().matches("\\d{1,18}")) {
      throw new Refusal(400, "cursor has to be what an earlier answer gave as 'next'");
    }
    return text.isPresent() ? OptionalLong.of(Long.parseLong(text.get())) : OptionalLong.empty();
  }

  /** Refuses members of the body that nobody knows. */
  void onlyMembers(Set<String> known) throws Refusal {
    for (Iterator<String> names = body.fieldNames(); names.hasNext(); ) {
      String name = names.next();
      if (!known.contains(name)) {
        throw new Refusal(
            400, "there is no member '%s'; there are %s".formatted(name, new TreeSet<>(known)));
      }
    }
  }

  /** A text of the body, empty when it is not given. */
  String text(String member) throws Refusal {
    JsonNode node = body.path(member);
    if (node.isMissingNode() || node.isNull()) {
      return "";
    } else if (!node.isTextual()) {
      throw new Refusal(400, "'" + member + "' has to be a text");
    }
    return node.asText();
  }

  /** Texts of the body by name. */
  Map<String, String> texts(String member) throws Refusal {
    JsonNode node = body.path(member);
    if (!node.isObject()) {
      throw new Refusal(400, "'" + member + "' has to be an object of texts");
    }
    Map<String, String> texts = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> one : node.properties()) {
      if (!one.getValue().isTextual()) {
        throw new Refusal(400, "'%s.%s' has to be a text".formatted(member, one.getKey()));
      }
      texts.put(one.getKey(), one.getValue().asText());
    }
    return texts;
  }

  /** A time of the body. */
  Optional<Instant> time(String member) throws Refusal {
    String text = text(member);
    return text.isEmpty() ? Optional.empty() : Optional.of(time(member, text));
  }

  /** The end that the body states: a time, or how long from {@code start} on. */
  Instant end(String member, Instant start) throws Refusal {
    Optional<Instant> time = time(member);
    String length = text("for");
    if (time.isPresent() == !length.isEmpty()) {
      throw new Refusal(400, "say either '%s' or 'for'".formatted(member));
    }
    return time.isPresent() ? time.get() : start.plus(duration(length));
  }

  static Instant time(String name, String text) throws Refusal {
    try {
      return OffsetDateTime.parse(text).toInstant();
    } catch (DateTimeException malformed) {
      throw new Refusal(
          400, "'%s' of %s is no time; write 2026-03-01T12:00:00Z".formatted(text, name));
    }
  }

  private static Duration duration(String text) throws Refusal {
    Matcher matcher = DURATION.matcher(text);
    if (!matcher.matches() || Long.parseLong(matcher.group(1)) == 0) {
      throw new Refusal(400, "'" + text + "' is no duration; write 30m, 2h or 1d");
    }
    long amount = Long.parseLong(matcher.group(1));
    return switch (matcher.group(2)) {
      case "s" -> Duration.ofSeconds(amount);
      case "m" -> Duration.ofMinutes(amount);
      case "h" -> Duration.ofHours(amount);
      default -> Duration.ofDays(amount);
    };
  }
}
