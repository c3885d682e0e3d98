package io.modelvane.toolkit;

import java.util.AbstractMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Values that answer to every name: one that does not exist is {@code (no NAME)}. */
final class Marked extends AbstractMap<String, Object> {
  private final Map<String, ?> values;

  Marked(Map<String, ?> values) {
    this.values = values;
  }

  @Override
  public boolean containsKey(@Nullable Object key) {
    return key instanceof String;
  }

  @Override
  @SuppressWarnings("unchecked")
  public Object get(@Nullable Object key) {
    Object value = values.get(String.valueOf(key));
    if (value instanceof Map<?, ?> map) {
      return new Marked((Map<String, ?>) map);
    }
    return value == null ? "(no " + key + ")" : value;
  }

  @Override
  public Set<Entry<String, Object>> entrySet() {
    return Map.<String, Object>copyOf(values).entrySet();
  }
}
