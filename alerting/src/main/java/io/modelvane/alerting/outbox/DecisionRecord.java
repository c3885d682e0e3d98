package io.modelvane.alerting.outbox;

import java.time.Instant;

/**
 * One decision about telling somebody, and why.
 *
 * @param incident the incident's id
 * @param notification the id of the notification, the same as in the outbox; empty for none
 * @param endpoint the notifier's name; empty where it is about none
 * @param rule the rule behind it; empty for none
 * @param kind what was decided
 * @param source what else was behind it: a silence's id, a maintenance's name, an incident's id, a
 *     person; empty for nothing
 * @param reason why, in one sentence
 * @param until how long it holds; {@link Instant#MAX} where no time is known
 * @param at when it was decided
 */
public record DecisionRecord(
    String incident,
    String notification,
    String endpoint,
    String rule,
    DecisionKind kind,
    String source,
    String reason,
    Instant until,
    Instant at) {}
