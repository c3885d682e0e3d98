package io.modelvane.engine.observe;

/** A thread of the engine, which knows the component that it works for or has called. */
public final class EngineThread extends Thread {
  private volatile String inside;

  /**
   * A thread that is not started yet.
   *
   * @param inside the component whose thread it is, such as {@code sink 'influx'}; empty for none
   */
  public EngineThread(Runnable task, String name, String inside) {
    super(task, name);
    this.inside = inside;
  }

  /** The component that a thread is in; empty when that is not known. */
  public static String inside(Thread thread) {
    return thread instanceof EngineThread ours ? ours.inside : "";
  }

  /**
   * The calling thread goes into a component.
   *
   * @return what it was in before, for {@link #leave}
   */
  public static String enter(String title) {
    String before = inside(Thread.currentThread());
    leave(title);
    return before;
  }

  /** It comes out again. */
  public static void leave(String before) {
    if (Thread.currentThread() instanceof EngineThread ours) {
      ours.inside = before;
    }
  }
}
