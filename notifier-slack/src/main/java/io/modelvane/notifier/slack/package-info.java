/** Notifies through Slack. */
@NullMarked
package io.modelvane.notifier.slack;

import org.jspecify.annotations.NullMarked;
