/** A real Kafka broker, a real time-series store and a traffic generator, from ordinary jars. */
@NullMarked
package io.modelvane.demo;

import org.jspecify.annotations.NullMarked;
