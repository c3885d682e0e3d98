package io.modelvane.spi;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Describes one option: a part of an options record. Binding, validation, the option tables of the
 * documentation and the JSON Schema all come from it.
 *
 * <p>The option's name is the part's name in lower_snake; an underscore at the end, for words that
 * Java keeps for itself, is left out ({@code notify_}). An option of type {@code Optional}, {@code
 * List} or {@code Map} is empty when it is not given; any other needs a {@link #defaultValue()} or
 * is required.
 *
 * <p>Types that can be bound: {@code String}, {@code boolean}, {@code int}, {@code long}, {@code
 * double}, enums (lower_snake), {@code Duration} ({@code 500ms}, {@code 10s}, {@code 5m}, {@code
 * 4h}, {@code 7d}), {@link DataSize}, {@code URI}, {@code Path}, {@code ZoneId}, {@code Instant},
 * {@code Pattern}, {@link Secret}, {@link SinkRef}, {@link NotifierRef}; {@code Optional}, {@code
 * List} (one value binds as a list of one) and {@code Map<String, ...>} of these; records of
 * options; sealed interfaces whose records carry {@link Variant}, chosen by {@code type:}. A record
 * or sealed interface with a {@code public static ... parse(String)} method also binds from plain
 * text; the message of its {@link IllegalArgumentException} becomes the problem shown. A record
 * with such a method whose parts carry no {@code @Option} binds from plain text alone.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
public @interface Option {
  /** One or two sentences in Markdown: what it does, its unit, when to change it. */
  String description();

  /** The default as one would write it in YAML; empty for none. */
  String defaultValue() default "";

  /** Least value, as one would write it; empty for none. For numbers, durations and sizes. */
  String min() default "";

  /** Greatest value, as one would write it; empty for none. */
  String max() default "";

  /** An example for the documentation, as one would write it; never a real secret. */
  String example() default "";

  /**
   * Whether the parts of this part, a record of options, stand beside the others instead of under a
   * name of their own: what several records have in common is written once. The description is then
   * not shown.
   */
  boolean inline() default false;
}
