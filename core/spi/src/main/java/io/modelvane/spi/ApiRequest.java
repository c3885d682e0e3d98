package io.modelvane.spi;

import java.util.List;
import java.util.Map;

/**
 * A request of the HTTP API, as a handler gets it.
 *
 * @param method {@code GET}, {@code POST}, {@code PUT}, {@code PATCH} or {@code DELETE}
 * @param path what follows the path that is served, decoded, one element for each segment: {@code
 *     [4711, acknowledge]} of {@code /api/v1/incidents/4711/acknowledge}; empty for the path itself
 * @param query the parameters, decoded, each once; without {@code component}, which the engine
 *     takes for itself
 * @param body JSON, or empty when there is none; at most 1 MiB
 * @param caller where the request comes from, for logs: an address
 */
public record ApiRequest(
    String method, List<String> path, Map<String, String> query, String body, String caller) {
  /** Copies the collections. */
  public ApiRequest {
    path = List.copyOf(path);
    query = Map.copyOf(query);
  }
}
