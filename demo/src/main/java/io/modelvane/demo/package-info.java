/**
 * Real surroundings for Modelvane on one machine: a Kafka broker, a time-series store, a receiver
 * that plays the notification services, and the traffic of a model-serving platform. The demo shows
 * the product in them, and the tests of other modules use the same parts, so that what is shown is
 * what is tested. Nothing here knows the product's own modules: it is driven through its command
 * line, its configuration file and its HTTP pages, as a user would.
 */
@NullMarked
package io.modelvane.demo;

import org.jspecify.annotations.NullMarked;
