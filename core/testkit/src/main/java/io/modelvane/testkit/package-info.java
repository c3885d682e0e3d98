/** Contract tests for each kind of plugin, scripted servers, a fault proxy. */
@NullMarked
package io.modelvane.testkit;

import org.jspecify.annotations.NullMarked;
