package io.modelvane.spi;

/** What happened to an incident. */
public enum IncidentStep {
  /** It left {@code ok}. */
  OPENED,
  /** Its level got worse. */
  WORSENED,
  /** Its level got better, short of {@code ok}. */
  IMPROVED,
  /** It lasts, and a rule wants to say so again. */
  REPEATED,
  /** It is back at {@code ok}. */
  RESOLVED
}
