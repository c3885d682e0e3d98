package io.modelvane.demo;

import io.modelvane.demo.Alert.Endpoint;
import java.util.LinkedHashSet;
import java.util.Set;

/** The checks of the demo's configuration, and whom they must tell what. */
final class DemoChecks {
  static final String RISKY_APPROVALS = "risky-approvals";
  static final String SILENCE = "silence";

  private DemoChecks() {}

  /** What must have arrived before a {@code demo --once} is done. */
  static Set<Alert> expected() {
    Set<Alert> expected = new LinkedHashSet<>();
    for (Endpoint endpoint : Endpoint.values()) {
      expected.add(new Alert(endpoint, Alert.CRIT, RISKY_APPROVALS, Model.RISKY));
      expected.add(new Alert(endpoint, Alert.RESOLVED, RISKY_APPROVALS, Model.RISKY));
      expected.add(new Alert(endpoint, Alert.CRIT, SILENCE, Model.SILENT));
    }
    return expected;
  }
}
