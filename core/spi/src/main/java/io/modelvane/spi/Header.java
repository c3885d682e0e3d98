package io.modelvane.spi;

import org.jspecify.annotations.Nullable;

/**
 * A header of an event. A key may occur more than once. The bytes are shared: do not change them.
 *
 * @param key its name
 * @param value its bytes, or null as the source allows
 */
@SuppressWarnings("ArrayRecordComponent") // bytes as they came; compared by nobody
public record Header(String key, byte @Nullable [] value) {}
