package io.modelvane.alerting.outbox;

import io.modelvane.spi.IncidentStep;
import io.modelvane.spi.Level;
import java.time.Instant;

/**
 * One planned notification.
 *
 * @param seq the order of planning
 * @param id the notification's identity: of the incident and its step, not of rule or endpoint
 * @param target which endpoint is told of which incident
 * @param rule the rule that asked for it
 * @param step what happened, as it was planned
 * @param previous the level before
 * @param level the level after
 * @param decidedAt when it was planned
 * @param progress how far it is
 */
record OutboxRow(
    long seq,
    String id,
    Target target,
    String rule,
    IncidentStep step,
    Level previous,
    Level level,
    Instant decidedAt,
    Progress progress) {
  /** The same, telling of another step. */
  OutboxRow as(IncidentStep otherStep, Level before) {
    return new OutboxRow(seq, id, target, rule, otherStep, before, level, decidedAt, progress);
  }

  /** The same, further on. */
  OutboxRow at(Progress further) {
    return new OutboxRow(seq, id, target, rule, step, previous, level, decidedAt, further);
  }

  /**
   * Which endpoint is told of which incident.
   *
   * @param endpoint the notifier's name
   * @param incident the incident's id
   * @param key the incident's key, shared with earlier incidents of the same series
   */
  record Target(String endpoint, String incident, String key) {}

  /**
   * How far a notification is.
   *
   * @param state what has become of it
   * @param due when it may be sent
   * @param attempts how many were made
   * @param maybeArrived whether one of them may have arrived
   */
  record Progress(RowState state, Instant due, int attempts, boolean maybeArrived) {
    /** To be sent at once. */
    static Progress due(Instant now) {
      return new Progress(RowState.DUE, now, 0, false);
    }
  }
}
