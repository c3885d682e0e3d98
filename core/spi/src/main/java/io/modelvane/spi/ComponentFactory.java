package io.modelvane.spi;

/**
 * Makes components of one type from typed options.
 *
 * <p>The engine binds the YAML of a component to {@code O}, a record whose parts carry {@link
 * Option}; unknown, missing, mistyped and out-of-range options are reported with file, line and
 * column before any factory method runs.
 *
 * @param <O> the options, a record
 * @param <C> the component
 */
public sealed interface ComponentFactory<O extends Record, C extends Component>
    permits SourceFactory,
        DecoderFactory,
        TransformFactory,
        SinkFactory,
        NotifierFactory,
        DeadLetterFactory {

  /** The word after {@code type:} in the configuration, lower_snake or kebab: {@code kafka}. */
  String type();

  /** One sentence for the list of plugins and the generated documentation. */
  String description();

  /** The record that options are bound to. */
  Class<O> options();

  /**
   * Checks what single options cannot show: rules across options. Reports every problem it finds
   * and throws nothing. No I/O.
   */
  default void validate(O options, Problems problems) {}

  /**
   * Reports what works but is probably not meant, such as a part that can never have an effect.
   * Shown and nothing more: it keeps nothing from starting. Called only for options that {@link
   * #validate} found no problem in. Throws nothing. No I/O.
   */
  default void warn(O options, Problems warnings) {}

  /** Makes a component. No I/O and no threads here; that is for {@link Component#start()}. */
  C create(O options, ComponentContext context);
}
