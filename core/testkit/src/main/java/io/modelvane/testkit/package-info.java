/**
 * What a plugin's tests are made of: a context to run a component in, sample values and hostile
 * ones, contract suites for each kind of component, a scripted HTTP server and a proxy that breaks
 * connections. Knows the SPI and nothing else of Modelvane.
 */
@NullMarked
package io.modelvane.testkit;

import org.jspecify.annotations.NullMarked;
