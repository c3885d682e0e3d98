/**
 * The built distribution as a process, from a Kafka broker to a store that only answers 204, beside
 * a bare poll loop over the same topic in the same run.
 */
@NullMarked
package io.modelvane.bench.endtoend;

import org.jspecify.annotations.NullMarked;
