package io.modelvane.alerting.api;

import io.modelvane.spi.ApiResponse;
import io.modelvane.spi.ComponentException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * One operation of the API.
 *
 * @param method the HTTP method
 * @param template the path below {@code /api/v1/}, one element per segment; {@code {id}} stands for
 *     any
 * @param parameters the query parameters it knows
 * @param action what answers
 */
record Route(String method, List<String> template, Set<String> parameters, Action action) {
  /** Answers one call. */
  @FunctionalInterface
  interface Action {
    ApiResponse run(Call call) throws Refusal, ComponentException, InterruptedException;
  }

  /** An operation that is written as {@code GET incidents/{id}}. */
  static Route of(String words, Set<String> parameters, Action action) {
    String[] parts = words.split(" ", 2);
    return new Route(parts[0], List.of(parts[1].split("/", -1)), parameters, action);
  }

  /** {@code /incidents/{id}}, as in the document of the API. */
  String path() {
    return "/" + String.join("/", template);
  }

  /** What stands for the variable segments of a path; empty when it is another path. */
  Optional<List<String>> match(List<String> path) {
    if (path.size() != template.size()) {
      return Optional.empty();
    }
    List<String> values = new ArrayList<>();
    for (int i = 0; i < path.size(); i++) {
      if (template.get(i).startsWith("{")) {
        values.add(path.get(i));
      } else if (!template.get(i).equals(path.get(i))) {
        return Optional.empty();
      }
    }
    return Optional.of(values);
  }
}
