/**
 * What several notifiers need: one HTTP attempt with its classification, templates, and the words
 * of a good message. Bundled into each plugin; takes nothing from the engine.
 */
@NullMarked
package io.modelvane.toolkit;

import org.jspecify.annotations.NullMarked;
