/** Notifies by e-mail. */
@NullMarked
package io.modelvane.notifier.email;

import org.jspecify.annotations.NullMarked;
