package io.modelvane.alerting;

import io.modelvane.alerting.check.CheckOptions;
import io.modelvane.alerting.rule.InhibitOptions;
import io.modelvane.alerting.rule.Inhibition;
import io.modelvane.alerting.rule.Policy;
import io.modelvane.alerting.rule.RuleOptions;
import io.modelvane.alerting.rule.Rules;
import io.modelvane.alerting.silence.Maintenance;
import io.modelvane.alerting.silence.MaintenanceOptions;
import io.modelvane.spi.Option;
import io.modelvane.spi.SinkRef;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Options of the sink {@code alerting}. */
record AlertingOptions(
    @Option(
            description =
                "Sink that stores statuses and notifications as points, in InfluxDB's own schema;"
                    + " they are not stored when not given.",
            example = "influx")
        Optional<SinkRef> recordTo,
    @Option(description = "What to watch for, by name.") Map<String, CheckOptions> checks,
    @Option(description = "Whom to tell of what, by name.") Map<String, RuleOptions> rules,
    @Option(
            description =
                "Hours that come again every week, by name, in which nobody is told of what they"
                    + " are about.")
        Map<String, MaintenanceOptions> maintenance,
    @Option(
            description =
                "Incidents that explain others, by name: nobody is told of what is explained while"
                    + " it is.")
        Map<String, InhibitOptions> inhibit,
    @Option(
            description = "Where to look, told in every notification: a dashboard, a runbook.",
            example = "https://grafana.example.com/d/models")
        Optional<URI> link,
    @Option(
            description =
                "Tells somebody every so often that evaluation goes on, so that its end is"
                    + " noticed.",
            example = "{ notify: watchdog, every: 1m }")
        Optional<HeartbeatOptions> heartbeat,
    @Option(
            description =
                "A status is stored when its level changes, and otherwise at most this often per"
                    + " check and series.",
            defaultValue = "1m",
            min = "1ms")
        Duration recordEvery,
    @Option(
            description =
                "Longest time until what was evaluated is on the disk and acknowledged. A change of"
                    + " a level does not wait for it.",
            defaultValue = "200ms",
            min = "1ms",
            max = "10s")
        Duration commitEvery) {
  /** Who is told what, and when. */
  Policy policy() {
    List<Maintenance> windows = new ArrayList<>();
    maintenance.forEach((name, options) -> windows.add(new Maintenance(name, options)));
    List<Inhibition> inhibitions = new ArrayList<>();
    inhibit.forEach((name, options) -> inhibitions.add(new Inhibition(name, options)));
    return new Policy(new Rules(rules), windows, inhibitions);
  }
}
