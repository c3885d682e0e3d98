/**
 * Decides who is told of a step of an incident: pure functions from rules and steps to planned
 * notifications and reminders. No I/O, no clock.
 */
@NullMarked
package io.modelvane.alerting.rule;

import org.jspecify.annotations.NullMarked;
