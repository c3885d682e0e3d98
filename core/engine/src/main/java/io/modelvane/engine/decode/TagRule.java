package io.modelvane.engine.decode;

import io.modelvane.spi.Option;

/** One tag: its name and where its value comes from. */
public record TagRule(
    @Option(description = "Name of the tag.") String name,
    @Option(
            description =
                "A key of the message, dotted where nested; `$key`, `$header:NAME`, `$topic`,"
                    + " `$topic:N` (capture N of `topic_pattern`); or `=TEXT` for a fixed text.",
            example = "model.name")
        String from) {

  /** A tag with the name of its key. */
  public static TagRule parse(String text) {
    if (text.isBlank() || text.equals("time")) {
      throw new IllegalArgumentException("'" + text + "' cannot be the name of a tag");
    }
    return new TagRule(text, text);
  }
}
