package io.modelvane.spi;

/**
 * Makes a {@link Transform}: what changes points on their way.
 *
 * @param <O> the options, a record
 */
public non-sealed interface TransformFactory<O extends Record>
    extends ComponentFactory<O, Transform> {}
