/**
 * Keeps what was found and who was told: statuses and notifications become points in InfluxDB's own
 * schema, wait in a durable queue, and go to an ordinary sink. A dead sink delays nobody.
 */
@NullMarked
package io.modelvane.alerting.history;

import org.jspecify.annotations.NullMarked;
