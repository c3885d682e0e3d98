package io.modelvane.alerting.check;

import io.modelvane.alerting.tag.TagPattern;
import io.modelvane.spi.FieldKey;
import io.modelvane.spi.Series;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Which rows a ratio counts: those of a field's value, those of some tags, or those of both.
 *
 * @param field the field, where a value is asked for
 * @param is what its value has to be
 * @param tags what the row's own tags have to be
 */
record Match(Optional<FieldKey> field, Optional<Condition> is, Map<String, TagPattern> tags) {
  boolean test(Series series) {
    for (Map.Entry<String, TagPattern> demand : tags.entrySet()) {
      String value = series.tag(demand.getKey());
      if (!demand.getValue().test(value == null ? "" : value)) {
        return false;
      }
    }
    return true;
  }

  /** The same text for the same match. */
  String definition() {
    return "field=%s is=%s tags=%s"
        .formatted(
            field.map(FieldKey::name).orElse("*"),
            is.map(Condition::toString).orElse("*"),
            new TreeMap<>(tags));
  }

  /** In words. */
  String words() {
    StringBuilder text = new StringBuilder();
    field.ifPresent(key -> text.append(key.name()).append(' ').append(is.orElseThrow()));
    new TreeMap<>(tags)
        .forEach(
            (key, demand) ->
                text.append(text.isEmpty() ? "" : " and ").append(key).append(' ').append(demand));
    return text.toString();
  }
}
