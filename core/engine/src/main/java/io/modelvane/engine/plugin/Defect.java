package io.modelvane.engine.plugin;

/** Words for what only the author of a plugin can mend. */
public final class Defect {
  private Defect() {}

  /**
   * For null where an answer is due.
   *
   * @param title the component, such as {@code sink 'influx'}
   * @param part the component, or another object of the plugin's own class
   */
  public static String nothingFrom(String title, Object part) {
    return title + origin(part) + " answered nothing: a defect of the plugin";
  }

  /** For an exception where none may come. */
  public static String thrownBy(String title, Object part, Throwable thrown) {
    return title + origin(part) + " failed: " + thrown + ": a defect of the plugin";
  }

  private static String origin(Object part) {
    return IsolatedPluginManager.idOf(part.getClass().getClassLoader())
        .map(id -> " (plugin " + id + ")")
        .orElse("");
  }
}
