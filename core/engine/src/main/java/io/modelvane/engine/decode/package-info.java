/**
 * From the bytes of a message to points: a JSON mapping, and presets of it for known producers.
 * What cannot be understood is rejected with words an operator can act on; a field that cannot be
 * stored is dropped and counted.
 */
@NullMarked
package io.modelvane.engine.decode;

import org.jspecify.annotations.NullMarked;
