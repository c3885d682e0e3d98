package io.modelvane.spi;

import java.util.Optional;

/**
 * Makes a {@link Source}: where events come from.
 *
 * @param <O> the options, a record
 */
public non-sealed interface SourceFactory<O extends Record> extends ComponentFactory<O, Source> {
  /**
   * Why only one pipeline may read from a source of these options, in words that follow {@code
   * serves pipelines a and b;}. Each pipeline has an instance of its own, and must get every event:
   * what makes instances share events among them is no way to feed two.
   *
   * @return empty when as many as wished may read, which is the default
   */
  default Optional<String> whyOnlyOne(O options) {
    return Optional.empty();
  }
}
