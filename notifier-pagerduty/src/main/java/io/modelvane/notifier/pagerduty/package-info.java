/** Notifies through PagerDuty. */
@NullMarked
package io.modelvane.notifier.pagerduty;

import org.jspecify.annotations.NullMarked;
