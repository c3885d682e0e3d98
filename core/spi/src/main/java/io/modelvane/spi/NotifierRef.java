package io.modelvane.spi;

/**
 * The name of a configured notifier, as an option's value. The engine checks that it exists, starts
 * that notifier first and stops it last; {@link ComponentContext#notifier(NotifierRef)} gives it.
 *
 * @param name as under {@code notifiers:} in the configuration
 */
public record NotifierRef(String name) {}
