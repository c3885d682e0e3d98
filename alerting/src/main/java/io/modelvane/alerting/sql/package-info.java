/** The little that all parts with tables of their own share. */
@NullMarked
package io.modelvane.alerting.sql;

import org.jspecify.annotations.NullMarked;
