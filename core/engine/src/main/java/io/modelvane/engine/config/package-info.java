/**
 * From YAML to typed records. Every problem of every component is found before anything starts, and
 * is reported with file, line, column and what to do.
 */
@NullMarked
package io.modelvane.engine.config;

import org.jspecify.annotations.NullMarked;
