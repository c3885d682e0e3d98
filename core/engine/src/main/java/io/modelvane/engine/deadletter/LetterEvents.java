package io.modelvane.engine.deadletter;

import io.modelvane.spi.Event;
import io.modelvane.spi.EventBatch;
import io.modelvane.spi.Header;
import io.modelvane.spi.Split;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The events of letters, each once, as the source had brought them. */
public final class LetterEvents implements EventBatch {
  private final Split split;
  private final List<Event> events;

  private LetterEvents(Split split, Collection<Event> events) {
    this.split = split;
    this.events = List.copyOf(events);
  }

  /** The events in the order of their positions, a batch for each split. */
  public static List<EventBatch> of(Collection<KeptLetter> letters) {
    Map<Split, TreeMap<Long, Event>> splits = new TreeMap<>();
    for (KeptLetter kept : letters) {
      Event event = kept.letter().event();
      splits
          .computeIfAbsent(event.position().split(), split -> new TreeMap<>())
          .put(event.position().offset(), event);
    }
    List<EventBatch> batches = new ArrayList<>();
    splits.forEach((split, events) -> batches.add(new LetterEvents(split, events.values())));
    return batches;
  }

  @Override
  public Split split() {
    return split;
  }

  @Override
  public int size() {
    return events.size();
  }

  @Override
  public long offset(int index) {
    return events.get(index).position().offset();
  }

  @Override
  public long nextOffset() {
    return offset(events.size() - 1) + 1;
  }

  @Override
  public long timeMillis(int index) {
    return events.get(index).time().map(Instant::toEpochMilli).orElse(NO_TIME);
  }

  @Override
  public byte @Nullable [] key(int index) {
    return events.get(index).key();
  }

  @Override
  public byte @Nullable [] value(int index) {
    return events.get(index).value();
  }

  @Override
  public List<Header> headers(int index) {
    return events.get(index).headers();
  }
}
