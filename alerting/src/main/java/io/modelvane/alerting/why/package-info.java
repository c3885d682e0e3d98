/**
 * Why somebody was told, and why not: keeps what each change of a level rested on, and tells the
 * story of an incident from that, from the outbox, and from what people have said.
 */
@NullMarked
package io.modelvane.alerting.why;

import org.jspecify.annotations.NullMarked;
