package io.modelvane.engine;

import java.util.List;

/** Why nothing was started: every component that cannot work as it is configured. */
public final class StartFailure extends Exception {
  private static final long serialVersionUID = 1L;

  private final transient List<String> reasons;

  /** One reason a component. */
  public StartFailure(List<String> reasons) {
    super(String.join("; ", reasons));
    this.reasons = List.copyOf(reasons);
  }

  /** In the order of the start: place, component, what is wrong and what to do. */
  public List<String> reasons() {
    return reasons;
  }
}
