/** What several plugins need: HTTP delivery and message templates. */
@NullMarked
package io.modelvane.toolkit;

import org.jspecify.annotations.NullMarked;
