/** Demands on the tags of a series, the same for checks and for rules. */
@NullMarked
package io.modelvane.alerting.tag;

import org.jspecify.annotations.NullMarked;
