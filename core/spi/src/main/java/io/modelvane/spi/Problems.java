package io.modelvane.spi;

/** Collects what is wrong, or odd, with a configuration, so that all of it is shown at once. */
@FunctionalInterface
public interface Problems {
  /**
   * Reports a problem.
   *
   * @param path the option, from the component's own top, parts joined by dots: {@code tls.key};
   *     empty for the component itself
   * @param message what is wrong and what to do, without the option's name and without secrets
   */
  void add(String path, String message);
}
