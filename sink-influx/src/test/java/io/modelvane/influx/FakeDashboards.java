package io.modelvane.influx;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Keeps buckets, variables, dashboards, cells and views as InfluxDB 2's API does, as far as it is
 * needed; see https://docs.influxdata.com/influxdb/v2/api/. A list of dashboards is given in pages
 * of 20 unless asked for more, as there.
 */
final class FakeDashboards {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Pattern VIEW =
      Pattern.compile("/api/v2/dashboards/(\\w+)/cells/(\\w+)/view");
  private static final Pattern CELLS = Pattern.compile("/api/v2/dashboards/(\\w+)/cells");

  final Map<String, ObjectNode> buckets = new LinkedHashMap<>();
  final Map<String, ObjectNode> variables = new LinkedHashMap<>();
  final Map<String, ObjectNode> dashboards = new LinkedHashMap<>();
  final Map<String, ObjectNode> views = new LinkedHashMap<>();
  private final List<String> writes = new ArrayList<>();
  private int ids = 100;

  ObjectNode view(String cell) {
    return Objects.requireNonNull(views.get(cell));
  }

  /** The requests that changed something. */
  synchronized List<String> writes() {
    return List.copyOf(writes);
  }

  synchronized Answer answer(Received request) {
    String path = request.target().replaceAll("\\?.*", "");
    if (!request.header("Authorization").equals("Token s3cret-token")) {
      return Answer.v2(401, "unauthorized", "unauthorized access");
    }
    try {
      if (request.method().equals("GET")) {
        return Answer.of(200, read(path, request.target()).toString());
      }
      writes.add(request.method() + " " + path);
      return Answer.of(
          201,
          write(request.method(), path, (ObjectNode) JSON.readTree(request.body())).toString());
    } catch (IOException malformed) {
      return Answer.v2(400, "invalid", "not JSON");
    }
  }

  private JsonNode read(String path, String target) {
    Matcher view = VIEW.matcher(path);
    if (view.matches()) {
      return view(view.group(2));
    }
    return switch (path) {
      case "/api/v2/orgs" -> list("orgs", List.of(named("0a", "acme")), target);
      case "/api/v2/buckets" ->
          list(
              "buckets",
              buckets.values().stream()
                  .filter(b -> target.contains("name=" + b.path("name").asText()))
                  .toList(),
              target);
      case "/api/v2/variables" -> list("variables", List.copyOf(variables.values()), target);
      default -> {
        Matcher number = Pattern.compile("[?&]offset=(\\d+)").matcher(target);
        int offset = number.find() ? Integer.parseInt(number.group(1)) : 0;
        Matcher size = Pattern.compile("[?&]limit=(\\d+)").matcher(target);
        int limit = size.find() ? Integer.parseInt(size.group(1)) : 20;
        yield list(
            "dashboards", dashboards.values().stream().skip(offset).limit(limit).toList(), target);
      }
    };
  }

  private static ObjectNode list(String name, List<ObjectNode> entries, String target) {
    ObjectNode list = JSON.createObjectNode();
    ArrayNode all = list.putArray(name);
    entries.forEach(all::add);
    list.putObject("links").put("self", target);
    return list;
  }

  private JsonNode write(String method, String path, ObjectNode body) {
    Matcher view = VIEW.matcher(path);
    Matcher cells = CELLS.matcher(path);
    if (view.matches()) {
      views.put(view.group(2), body);
      return body;
    } else if (cells.matches()) {
      body.put("id", id());
      views.put(body.path("id").asText(), named(body.path("id").asText(), ""));
      Objects.requireNonNull(dashboards.get(cells.group(1))).withArray("cells").add(body);
      return body;
    }
    Map<String, ObjectNode> kept =
        path.contains("/variables") ? variables : path.contains("/buckets") ? buckets : dashboards;
    if (method.equals("POST")) {
      body.put("id", id());
    }
    kept.put(body.path("id").asText(), body);
    return body;
  }

  private String id() {
    return "0" + ids++;
  }

  ObjectNode named(String id, String name) {
    return JSON.createObjectNode().put("id", id).put("name", name);
  }
}
