/**
 * Serves alerting over HTTP: incidents, statuses, silences, checks, endpoints and notifications, to
 * be read and, by whoever has the token, to be changed.
 */
@NullMarked
package io.modelvane.alerting.api;

import org.jspecify.annotations.NullMarked;
