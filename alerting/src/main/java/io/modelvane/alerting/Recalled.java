package io.modelvane.alerting;

import io.modelvane.spi.Incident;
import io.modelvane.spi.Series;
import java.util.List;
import java.util.Map;

/**
 * What was kept before a restart.
 *
 * @param positions up to where each split was evaluated
 * @param watermark what each pipeline told last
 * @param checks by name
 * @param incidents that are open
 */
record Recalled(
    Positions positions,
    Watermark watermark,
    Map<String, States> checks,
    List<OpenIncident> incidents) {

  /**
   * The states of one check.
   *
   * @param type of the check that wrote them, or empty where a program wrote them that did not say
   * @param definition of the check that wrote them
   * @param statesPerPage how they are packed
   * @param instances series by id
   * @param pages by number
   */
  record States(
      String type,
      String definition,
      int statesPerPage,
      Map<Integer, Series> instances,
      Map<Integer, byte[]> pages) {}

  /** An incident and the type of its check, which may be gone. */
  record OpenIncident(Incident incident, String checkType) {}
}
