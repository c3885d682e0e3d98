/**
 * Breaks everything around the built distribution, one thing after the other, while messages flow,
 * and then counts: every message is in the store or a dead letter, every alert arrived once.
 */
@NullMarked
package io.modelvane.faults;

import org.jspecify.annotations.NullMarked;
