package io.modelvane.engine.decode;

import io.modelvane.spi.EventBatch;
import io.modelvane.spi.Header;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Where a tag or the measurement comes from when it is not a value of the message. */
@FunctionalInterface
interface Selector {
  /** The text, or empty when there is none. */
  String select(EventBatch events, int index);

  /** The selector that a text such as {@code $header:model} describes; empty for a plain key. */
  static Optional<Selector> of(String from, Optional<Pattern> topicPattern) {
    if (from.startsWith("=")) {
      String constant = from.substring(1);
      return Optional.of((events, index) -> constant);
    } else if (from.equals("$key")) {
      return Optional.of((events, index) -> text(events.key(index)));
    } else if (from.equals("$topic")) {
      return Optional.of((events, index) -> events.split().stream());
    } else if (from.startsWith("$topic:")) {
      int group = Integer.parseInt(from.substring(7));
      Pattern pattern = topicPattern.orElseThrow();
      return Optional.of((events, index) -> capture(pattern, events.split().stream(), group));
    } else if (from.startsWith("$header:")) {
      String name = from.substring(8);
      return Optional.of((events, index) -> header(events, index, name));
    }
    return Optional.empty();
  }

  private static String text(byte @org.jspecify.annotations.Nullable [] bytes) {
    return bytes == null ? "" : new String(bytes, StandardCharsets.UTF_8);
  }

  private static String capture(Pattern pattern, String topic, int group) {
    Matcher matcher = pattern.matcher(topic);
    String found = matcher.matches() && group <= matcher.groupCount() ? matcher.group(group) : null;
    return found == null ? "" : found;
  }

  private static String header(EventBatch events, int index, String name) {
    for (Header header : events.headers(index)) {
      if (header.key().equals(name)) {
        return text(header.value());
      }
    }
    return "";
  }
}
