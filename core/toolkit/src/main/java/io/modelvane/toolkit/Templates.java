package io.modelvane.toolkit;

import com.github.mustachejava.Code;
import com.github.mustachejava.DefaultMustacheFactory;
import com.github.mustachejava.DefaultMustacheVisitor;
import com.github.mustachejava.Mustache;
import com.github.mustachejava.MustacheException;
import com.github.mustachejava.MustacheVisitor;
import com.github.mustachejava.TemplateContext;
import com.github.mustachejava.codes.IterableCode;
import java.io.IOException;
import java.io.Reader;
import java.io.StringReader;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Mustache templates (https://mustache.github.io/mustache.5.html) that cannot reach files or code.
 * A name that does not exist is rendered as a visible mark, so that a mistake in a template never
 * costs an alert. Safe for use by many threads.
 */
public final class Templates {
  private final UnaryOperator<String> escape;
  private final DefaultMustacheFactory factory;

  /**
   * Templates for one format.
   *
   * @param escape makes a value safe for that format; applied to {@code {{name}}}, not to {@code
   *     {{{name}}}}
   */
  public Templates(UnaryOperator<String> escape) {
    this.escape = escape;
    this.factory = new Sandbox(escape);
  }

  /**
   * Reads a template.
   *
   * @throws IllegalArgumentException saying what is wrong and in which line
   */
  public Template compile(String text) {
    try {
      return new Template(factory.compile(new StringReader(text), "template"));
    } catch (MustacheException invalid) {
      throw new IllegalArgumentException(
          "is not a Mustache template: " + place(invalid) + " (each {{ needs its }})", invalid);
    }
  }

  /** The text as {@code {{name}}} would show it. */
  String escaped(String text) {
    return escape.apply(text);
  }

  /** The library puts the place behind its words, and calls the template by its own name. */
  private static String place(MustacheException invalid) {
    String words = String.valueOf(invalid.getMessage());
    words = words.replaceAll(" (in|@) ?\\[?template:\\d+]?", "");
    @Nullable TemplateContext where = invalid.getContext();
    return where == null ? words : "line " + where.line() + ": " + words;
  }

  /** A template that was read. */
  public static final class Template {
    private final Mustache mustache;

    private Template(Mustache mustache) {
      this.mustache = mustache;
    }

    /** The text with the values of {@link MessageValues}. */
    public String render(Map<String, ?> values) {
      StringWriter out = new StringWriter();
      mustache.execute(out, values);
      return out.toString();
    }

    /**
     * The names in it that no notification has a value for. What a tag or a detail is called cannot
     * be known before there is one.
     */
    List<String> unknownNames() {
      List<String> unknown = new ArrayList<>();
      collect(mustache.getCodes(), unknown);
      return unknown;
    }

    private static void collect(Code @Nullable [] codes, List<String> unknown) {
      if (codes == null) {
        return;
      }
      for (Code code : codes) {
        @Nullable String name = code.getName();
        if (name != null && !MessageNames.isKnown(name)) {
          unknown.add(name);
        }
        if (code instanceof IterableCode && !MessageNames.isOpen(String.valueOf(name))) {
          collect(code.getCodes(), unknown);
        }
      }
    }
  }

  private static final class Sandbox extends DefaultMustacheFactory {
    private final UnaryOperator<String> escape;

    Sandbox(UnaryOperator<String> escape) {
      this.escape = escape;
      setObjectHandler(new MapsOnly());
    }

    @Override
    public MustacheVisitor createMustacheVisitor() {
      return new Refusing(this);
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

  /** Refuses what the library can do beyond names and sections, where it stands. */
  private static final class Refusing extends DefaultMustacheVisitor {
    Refusing(DefaultMustacheFactory factory) {
      super(factory);
    }

    @Override
    public void partial(TemplateContext where, String name, String indent) {
      throw new MustacheException("templates cannot include others: {{>" + name + "}}", where);
    }

    @Override
    public void dynamicPartial(TemplateContext where, String name, String indent) {
      partial(where, name, indent);
    }

    @Override
    public void extend(TemplateContext where, String name, Mustache parent) {
      throw new MustacheException("templates cannot extend others: {{<" + name + "}}", where);
    }

    @Override
    public void pragma(TemplateContext where, String pragma, String arguments) {
      throw new MustacheException("there are no pragmas: {{%" + pragma + "}}", where);
    }
  }
}
