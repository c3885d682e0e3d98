package io.modelvane.toolkit;

import com.github.mustachejava.DefaultMustacheFactory;
import com.github.mustachejava.Mustache;
import com.github.mustachejava.MustacheException;
import java.io.IOException;
import java.io.Reader;
import java.io.StringReader;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * Mustache templates (https://mustache.github.io/mustache.5.html) that cannot reach files or code.
 * A name that does not exist is rendered as a visible mark, so that a mistake in a template never
 * costs an alert. Safe for use by many threads.
 */
public final class Templates {
  private final DefaultMustacheFactory factory;

  /**
   * Templates for one format.
   *
   * @param escape makes a value safe for that format; applied to {@code {{name}}}, not to {@code
   *     {{{name}}}}
   */
  public Templates(UnaryOperator<String> escape) {
    this.factory = new Sandbox(escape);
  }

  /**
   * Reads a template.
   *
   * @throws IllegalArgumentException saying what is wrong
   */
  public Template compile(String text) {
    try {
      Mustache mustache = factory.compile(new StringReader(text), "template");
      return values -> render(mustache, values);
    } catch (MustacheException invalid) {
      throw new IllegalArgumentException(
          "is not a Mustache template: " + invalid.getMessage() + " (each {{ needs its }})",
          invalid);
    }
  }

  private static String render(Mustache mustache, Map<String, ?> values) {
    StringWriter out = new StringWriter();
    mustache.execute(out, values);
    return out.toString();
  }

  /** A template that was read. */
  @FunctionalInterface
  public interface Template {
    /** The text with the values of {@link MessageValues}. */
    String render(Map<String, ?> values);
  }

  private static final class Sandbox extends DefaultMustacheFactory {
    private final UnaryOperator<String> escape;

    Sandbox(UnaryOperator<String> escape) {
      this.escape = escape;
      setObjectHandler(new MapsOnly());
    }

    @Override
    public Reader getReader(String name) {
      throw new MustacheException("templates cannot include others: {{>" + name + "}}");
    }

    @Override
    public void encode(String value, Writer writer) {
      try {
        writer.write(escape.apply(value));
      } catch (IOException impossible) {
        throw new UncheckedIOException(impossible);
      }
    }
  }
}
