package io.modelvane.alerting.check;

import io.modelvane.spi.Problems;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** How checks refer to each other. */
public final class References {
  private final Map<String, CheckOptions> checks;

  private References(Map<String, CheckOptions> checks) {
    this.checks = checks;
  }

  /**
   * Reports checks that are not there, or that follow themselves over others, or whose series lack
   * the tags by which they are combined.
   *
   * @param path where the checks stand
   */
  public static void validate(Map<String, CheckOptions> checks, String path, Problems problems) {
    References references = new References(checks);
    checks.forEach((name, check) -> references.validate(name, path + "." + name, problems));
  }

  private void validate(String name, String path, Problems problems) {
    CheckOptions follower = checks.get(name);
    if (follower == null || follower.follows().isEmpty()) {
      return;
    }
    for (String followed : follower.follows()) {
      if (!checks.containsKey(followed)) {
        problems.add(path, "there is no check '%s' to combine".formatted(followed));
      } else {
        validateTags(follower.by().orElse(List.of()), followed, path + ".by", problems);
      }
    }
    List<String> circle = new ArrayList<>(List.of(name));
    if (returns(name, name, circle)) {
      problems.add(path, "follows itself: " + String.join(" -> ", circle));
    }
  }

  private void validateTags(List<String> by, String followed, String path, Problems problems) {
    Optional<List<String>> known =
        Optional.ofNullable(checks.get(followed)).flatMap(CheckOptions::by);
    for (String tag : by) {
      if (known.isPresent() && !known.get().contains(tag)) {
        problems.add(path, "'%s' takes series as one that differ in '%s'".formatted(followed, tag));
      }
    }
  }

  /** Whether a way leads from {@code at} to {@code goal}; adds it to {@code way} if so. */
  private boolean returns(String at, String goal, List<String> way) {
    CheckOptions check = checks.get(at);
    if (check == null) {
      return false;
    }
    for (String next : check.follows()) {
      boolean met = way.contains(next);
      way.add(next);
      if (next.equals(goal) || (!met && returns(next, goal, way))) {
        return true;
      }
      way.remove(way.size() - 1);
    }
    return false;
  }
}
