package io.modelvane.engine.words;

import org.jspecify.annotations.Nullable;

/** Words for what only the author of a plugin can mend. */
public final class Defect {
  /** How the name of a plugin's class loader begins; its id follows. */
  public static final String PLUGIN = "plugin ";

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

  /** {@code (plugin acme)}, or nothing for a part of the product. */
  public static String origin(Object part) {
    @Nullable ClassLoader loader = part.getClass().getClassLoader();
    @Nullable String name = loader == null ? null : loader.getName();
    return name != null && name.startsWith(PLUGIN) ? " (" + name + ")" : "";
  }

  /**
   * What the virtual machine cannot survive is no defect to go on after; all else that a plugin may
   * throw is, errors such as those of linking, of services and of a stack that is full among it.
   */
  public static void passFatal(Throwable thrown) {
    if (thrown instanceof VirtualMachineError broken && !(thrown instanceof StackOverflowError)) {
      throw broken;
    }
  }

  /** An interrupt is nobody's defect, also where a component does not declare it. */
  public static void passInterrupt(Throwable thrown) throws InterruptedException {
    if (thrown instanceof InterruptedException interrupted) {
      throw interrupted;
    }
  }

  /** As above, for whoever cannot end: the thread meets the interrupt where it next waits. */
  public static void keepInterrupt(Throwable thrown) {
    if (thrown instanceof InterruptedException) {
      Thread.currentThread().interrupt();
    }
  }
}
