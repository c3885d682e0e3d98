package io.modelvane.engine.config;

import java.util.ArrayList;
import java.util.List;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.nodes.Node;

/** Collects problems with their places. */
final class ProblemList {
  private final List<Problem> problems = new ArrayList<>();

  void add(Problem problem) {
    problems.add(problem);
  }

  void add(Location where, String path, String message) {
    add(new Problem(where, path, message));
  }

  void add(Node node, String path, String message) {
    add(location(node), path, message);
  }

  static Location location(Node node) {
    return node.getStartMark().map(ProblemList::location).orElse(new Location("(default)", 0, 0));
  }

  static Location location(Mark mark) {
    return new Location(mark.getName(), mark.getLine() + 1, mark.getColumn() + 1);
  }

  boolean isEmpty() {
    return problems.isEmpty();
  }

  List<Problem> sorted() {
    return problems.stream().sorted().distinct().toList();
  }
}
