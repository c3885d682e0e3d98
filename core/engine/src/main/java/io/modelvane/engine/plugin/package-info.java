/**
 * Finds plugins and keeps them apart: each jar has its own class loader, which shows it the JDK,
 * the SPI and SLF4J and nothing else of ours.
 */
@NullMarked
package io.modelvane.engine.plugin;

import org.jspecify.annotations.NullMarked;
