package io.modelvane.spi;

import java.util.List;

/**
 * The entry point of a plugin jar, found by {@link java.util.ServiceLoader} on the plugin's own
 * class loader.
 *
 * <p>The class is public, has a public constructor without parameters, and does nothing but list
 * its factories. Its jar's manifest carries {@code Plugin-Id}, {@code Plugin-Version} and {@code
 * Plugin-Requires} (a range of {@link Spi#VERSION}).
 *
 * <pre>{@code
 * public final class PagerPlugin implements Plugin {
 *   @Override public List<ComponentFactory<?, ?>> factories() {
 *     return List.of(new PagerFactory());
 *   }
 * }
 * }</pre>
 */
public interface Plugin {
  /** The component types this plugin offers. Called once, by the thread that starts the engine. */
  List<ComponentFactory<?, ?>> factories();
}
