package io.modelvane.cli;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.filter.Filter;
import ch.qos.logback.core.spi.FilterReply;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Lets the same line of Kafka's clients through once in ten minutes: while brokers are away they
 * say so several times a second, beside our own words that say it once.
 */
public final class KafkaRepeats extends Filter<ILoggingEvent> {
  private static final long PAUSE_MILLIS = 600_000;
  private static final int MOST_LINES = 200;
  private static final Pattern COUNTED = Pattern.compile("correlation id \\d+");

  /** When a line was last let through; the one whose turn is longest ago comes first. */
  private final Map<String, Long> said = new LinkedHashMap<>();

  /** Made by logback. */
  public KafkaRepeats() {}

  @Override
  public FilterReply decide(ILoggingEvent event) {
    if (!event.getLoggerName().startsWith("org.apache.kafka.")) {
      return FilterReply.NEUTRAL;
    }
    String line = COUNTED.matcher(String.valueOf(event.getFormattedMessage())).replaceAll("");
    return isDue(event.getLevel() + line, event.getTimeStamp())
        ? FilterReply.NEUTRAL
        : FilterReply.DENY;
  }

  private synchronized boolean isDue(String line, long now) {
    Long before = said.get(line);
    if (before != null && now >= before && now - before < PAUSE_MILLIS) {
      return false;
    }
    said.remove(line);
    said.put(line, now);
    if (said.size() > MOST_LINES) {
      said.remove(said.keySet().iterator().next());
    }
    return true;
  }
}
