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
  /**
   * Somebody has said that they see to it; its level is as it was. The status is the latest there
   * is, with {@code acknowledged_by} among its details and, where something was said, {@code
   * acknowledged_because}. Only who was told of the incident is told of this.
   */
  ACKNOWLEDGED,
  /** It is back at {@code ok}. */
  RESOLVED
}
