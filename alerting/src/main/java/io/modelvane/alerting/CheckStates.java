package io.modelvane.alerting;

import io.modelvane.alerting.check.Check;
import io.modelvane.alerting.check.Evaluator;
import io.modelvane.alerting.codec.ByteReader;
import io.modelvane.alerting.codec.ByteWriter;
import io.modelvane.spi.Meters;
import io.modelvane.spi.Series;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The instances of one check, and how their states are packed into pages: records of the database
 * that hold many small states each, since a check over many series changes all of them all the
 * time.
 */
final class CheckStates {
  final Check check;
  final Meters.Counter notNumeric;
  final Meters.Counter late;
  final Meters.Counter failed;
  final Relay relay;
  private final Harvest harvest;
  private final Map<Series, Instance> instances = new HashMap<>();
  private final List<@Nullable Instance> places = new ArrayList<>();
  private final Deque<Integer> free = new ArrayDeque<>();

  CheckStates(Check check, Relay relay, Harvest harvest, AlertingMeters meters) {
    this.check = check;
    this.relay = relay;
    this.harvest = harvest;
    this.notNumeric = meters.notNumeric(check.name());
    this.late = meters.late(check.name());
    this.failed = meters.failed(check.name());
  }

  /** The instance of a series, made if need be. */
  Instance instance(Series series) {
    return instances.computeIfAbsent(series, s -> new Instance(this, s, check.create(s), harvest));
  }

  /** The instance of a series, if there is one. */
  Optional<Instance> find(Series series) {
    return Optional.ofNullable(instances.get(series));
  }

  /** Puts back an instance that was kept. */
  Instance restore(Series series, int id, @Nullable ByteReader state) {
    Evaluator evaluator = state == null ? check.create(series) : check.decode(series, state);
    Instance instance = new Instance(this, series, evaluator, harvest);
    instance.id = id;
    instances.put(series, instance);
    while (places.size() <= id) {
      places.add(null);
    }
    places.set(id, instance);
    return instance;
  }

  /** Finds out which places are free, once all instances are back. */
  void restored() {
    for (int id = places.size() - 1; id >= 0; id--) {
      if (places.get(id) == null) {
        free.push(id);
      }
    }
  }

  /** Makes the instances that exist without a row. */
  void expect() {
    check.expected(List.copyOf(instances.keySet())).forEach(this::instance);
  }

  Collection<Instance> instances() {
    return instances.values();
  }

  /** Forgets instances that hold nothing. */
  void dropFresh() {
    instances.values().removeIf(i -> i.id == Instance.NOWHERE && i.evaluator.isFresh());
  }

  /** Forgets instances that nothing is configured for any more. */
  void drop(Predicate<Instance> obsolete) {
    for (Instance instance : List.copyOf(instances.values())) {
      if (obsolete.test(instance)) {
        forget(instance);
        harvest.retired().add(instance);
      }
    }
  }

  /** A retired instance is not to be found any more. */
  void forget(Instance instance) {
    instances.remove(instance.series, instance);
  }

  /**
   * Gives a place to an instance that has none.
   *
   * @return whether it is a new one
   */
  boolean place(Instance instance) {
    if (instance.id != Instance.NOWHERE) {
      return false;
    }
    Integer reused = free.poll();
    if (reused == null) {
      instance.id = places.size();
      places.add(instance);
    } else {
      instance.id = reused;
      places.set(reused, instance);
    }
    return true;
  }

  /** Frees the place of an instance. */
  void free(Instance instance) {
    places.set(instance.id, null);
    free.push(instance.id);
  }

  /** The page that holds the state of an instance. */
  int page(Instance instance) {
    return instance.id / check.statesPerPage();
  }

  /** A page as it is now. */
  byte[] encode(int page, ByteWriter out, ByteWriter state) {
    int from = page * check.statesPerPage();
    int to = Math.min(from + check.statesPerPage(), places.size());
    out.clear();
    for (int id = from; id < to; id++) {
      Instance instance = places.get(id);
      if (instance != null && !instance.evaluator.isFresh()) {
        state.clear();
        instance.evaluator.encode(state);
        out.putLong(id - (long) from).putAll(state);
      }
    }
    return out.toBytes();
  }

  /** The states in a page by id. */
  static void decode(int firstId, byte[] page, Map<Integer, ByteReader> states) {
    ByteReader in = new ByteReader(page);
    while (!in.isEmpty()) {
      int id = (int) (firstId + in.nextLong());
      states.put(id, in.part());
    }
  }
}
