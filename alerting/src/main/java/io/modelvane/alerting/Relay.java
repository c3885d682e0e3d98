package io.modelvane.alerting;

import io.modelvane.alerting.check.Follower;
import io.modelvane.alerting.check.FollowingCheck;
import io.modelvane.spi.Level;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Tells checks that follow others of each new level of these. */
final class Relay {
  private record News(Instance instance, Level level, long known) {}

  private final Map<String, List<CheckStates>> followers = new HashMap<>();
  private final List<News> news = new ArrayList<>();

  /** Finds out who follows whom. */
  void begin(List<CheckStates> checks) {
    for (CheckStates states : checks) {
      if (states.check instanceof FollowingCheck follower) {
        for (String name : follower.follows()) {
          followers.computeIfAbsent(name, n -> new ArrayList<>()).add(states);
        }
      }
    }
  }

  /** An instance has another level. */
  void tell(Instance instance, long known) {
    if (followers.containsKey(instance.check.check.name())) {
      news.add(new News(instance, instance.level(), known));
    }
  }

  boolean isEmpty() {
    return news.isEmpty();
  }

  /** Delivers what was told; gives the instances that heard of it. */
  List<Instance> deliver() {
    List<Instance> reached = new ArrayList<>();
    for (News item : news) {
      for (CheckStates follower :
          followers.getOrDefault(item.instance.check.check.name(), List.of())) {
        reached.add(deliver(follower, item));
      }
    }
    news.clear();
    return reached;
  }

  private static Instance deliver(CheckStates states, News item) {
    Instance instance = states.instance(group(states).group(item.instance.series));
    follower(instance).heard(source(item.instance), item.level, item.known);
    return instance;
  }

  private static FollowingCheck group(CheckStates states) {
    return (FollowingCheck) states.check;
  }

  private static Follower follower(Instance instance) {
    return (Follower) instance.evaluator;
  }

  private static Follower.Source source(Instance instance) {
    return new Follower.Source(instance.check.check.name(), instance.series.head());
  }

  /**
   * Tells everything as it stands: those who follow may be new, and those who are followed may have
   * been changed or taken out.
   */
  void tellAll(List<CheckStates> checks, long known) {
    Set<Follower.Source> bad = new HashSet<>();
    for (CheckStates states : checks) {
      for (Instance instance : states.instances()) {
        if (instance.level() != Level.OK) {
          bad.add(source(instance));
          tell(instance, known);
        }
      }
    }
    for (CheckStates states : checks) {
      if (states.check instanceof FollowingCheck) {
        states.instances().forEach(instance -> correct(follower(instance), bad, known));
      }
    }
  }

  private static void correct(Follower follower, Set<Follower.Source> bad, long known) {
    for (Follower.Source source : follower.remembered()) {
      if (!bad.contains(source)) {
        follower.heard(source, Level.OK, known);
      }
    }
  }
}
