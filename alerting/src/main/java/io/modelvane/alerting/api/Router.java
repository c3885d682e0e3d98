package io.modelvane.alerting.api;

import io.modelvane.spi.ApiRequest;
import io.modelvane.spi.ApiResponse;
import io.modelvane.spi.ComponentContext;
import io.modelvane.spi.ComponentException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Finds the operation that answers a request. */
final class Router {
  private final List<Route> routes;

  Router(List<Route> routes) {
    this.routes = List.copyOf(routes);
  }

  List<Route> routes() {
    return routes;
  }

  /** Serves all operations. */
  void serve(ComponentContext context) {
    Set<String> served = new LinkedHashSet<>();
    routes.forEach(route -> served.add(route.template().get(0)));
    served.forEach(path -> context.serve(path, request -> answer(path, request)));
  }

  private ApiResponse answer(String served, ApiRequest request)
      throws ComponentException, InterruptedException {
    List<String> path = new ArrayList<>(List.of(served));
    path.addAll(request.path());
    Set<String> allowed = new TreeSet<>();
    for (Route route : routes) {
      Optional<List<String>> variables = route.match(path);
      if (variables.isPresent() && route.method().equals(request.method())) {
        return run(route, request, variables.get());
      }
      variables.ifPresent(found -> allowed.add(route.method()));
    }
    if (allowed.isEmpty()) {
      return ApiResponse.problem(404, "there is no such path; /api/v1/openapi.json has them all");
    }
    String methods = String.join(", ", allowed);
    return ApiResponse.problem(405, "only " + methods + " can be used here").with("Allow", methods);
  }

  private static ApiResponse run(Route route, ApiRequest request, List<String> variables)
      throws ComponentException, InterruptedException {
    try {
      return route.action().run(new Call(request, route, variables));
    } catch (Refusal refused) {
      return refused.answer();
    }
  }
}
