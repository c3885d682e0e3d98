/** Notifies through webhooks. */
@NullMarked
package io.modelvane.notifier.http;

import org.jspecify.annotations.NullMarked;
