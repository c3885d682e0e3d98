/** Hours of the week as clocks on a wall show them. Pure functions of instants. */
@NullMarked
package io.modelvane.alerting.hours;

import org.jspecify.annotations.NullMarked;
