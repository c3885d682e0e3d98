package io.modelvane.alerting;

import io.modelvane.alerting.codec.ByteWriter;
import io.modelvane.spi.Incident;
import io.modelvane.spi.Series;
import io.modelvane.spi.Split;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What a commit writes, made once however often the commit has to be tried.
 *
 * @param instances that have a place now
 * @param forgotten that have none any more
 * @param pages as they are now
 * @param incidents that are open, of those that moved
 * @param resolved that are over
 * @param positions that moved
 * @param pipelines how far each one is
 */
record Checkpoint(
    List<Place> instances,
    List<Place> forgotten,
    List<Page> pages,
    List<Incident> incidents,
    List<Incident> resolved,
    List<Map.Entry<Split, Long>> positions,
    Map<String, Long> pipelines) {

  /** Where the state of an instance is kept. */
  record Place(String check, int id, Series series) {}

  /** A record full of states. */
  @SuppressWarnings("ArrayRecordComponent") // bytes for the database; compared by nobody
  record Page(String check, int number, byte[] body) {}

  private record PageId(CheckStates check, int number) {}

  /** Collects what has to be written. */
  static Checkpoint of(Harvest harvest, Evaluation evaluation) {
    List<Place> forgotten = new ArrayList<>();
    List<Place> instances = new ArrayList<>();
    Set<PageId> dirty = new LinkedHashSet<>();
    for (Instance instance : harvest.retired()) {
      if (instance.id != Instance.NOWHERE) {
        forgotten.add(place(instance));
        dirty.add(new PageId(instance.check, instance.check.page(instance)));
        instance.check.free(instance);
      }
    }
    List<Incident> incidents = new ArrayList<>();
    for (Instance instance : harvest.dirty()) {
      if (instance.evaluator.isRetired()) {
        continue;
      }
      if (instance.check.place(instance)) {
        instances.add(place(instance));
      }
      dirty.add(new PageId(instance.check, instance.check.page(instance)));
      Incident incident = Evaluation.incident(instance);
      if (incident != null) {
        incidents.add(incident);
      }
    }
    return new Checkpoint(
        instances,
        forgotten,
        encode(dirty),
        incidents,
        List.copyOf(harvest.resolved()),
        evaluation.positions().moved(),
        evaluation.watermark().told());
  }

  private static Place place(Instance instance) {
    return new Place(instance.check.check.name(), instance.id, instance.series);
  }

  private static List<Page> encode(Set<PageId> dirty) {
    ByteWriter out = new ByteWriter();
    ByteWriter state = new ByteWriter();
    List<Page> pages = new ArrayList<>(dirty.size());
    for (PageId page : dirty) {
      byte[] body = page.check.encode(page.number, out, state);
      pages.add(new Page(page.check.check.name(), page.number, body));
    }
    return pages;
  }
}
